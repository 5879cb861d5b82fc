"""The wage-cost subsidy (loonkostensubsidie): Participatiewet, articles 10c and 10d."""
