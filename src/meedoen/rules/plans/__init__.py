"""Plans of people: templates to begin from, articles of the law, and when to look back."""
