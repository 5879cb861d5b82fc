"""Indicators: what a definition may say, and how history becomes a figure."""
