"""Records remember: Django apps in a stack; a higher one may use a lower one, never back."""
