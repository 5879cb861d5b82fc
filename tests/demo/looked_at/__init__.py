"""A package, so that the town that its tests share is taken away after the last of them."""
