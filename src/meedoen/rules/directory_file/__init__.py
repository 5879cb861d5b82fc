"""Files with organisations and places: reading them, and what each row means for what is known."""
