"""How Dutch words are found: folded, stemmed, in parts, and with a typing error."""
