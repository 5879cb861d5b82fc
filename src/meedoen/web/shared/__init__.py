"""What all audiences share: guarding pages, the frame around them, forms and pictures."""
