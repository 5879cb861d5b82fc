"""What holds for places: how long they stay true, what the law asks of them."""
