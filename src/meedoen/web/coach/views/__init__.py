"""The pages of coaches and team leads."""
