"""The law's clock of a participation job: Participatiewet, article 10a."""
