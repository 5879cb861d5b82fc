"""The demo town: made-up people in a made-up town, written through the real actions."""
