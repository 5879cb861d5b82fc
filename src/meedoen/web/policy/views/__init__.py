"""Pages for policy advisers, subsidy and privacy officers, and administrators."""
