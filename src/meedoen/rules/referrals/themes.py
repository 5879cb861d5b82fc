"""What a referral can be for."""

from meedoen.rules.vocabulary import Theme

REFERRED_FOR = tuple(theme for theme in Theme if theme is not Theme.VOLUNTEERS)
"""The themes of referrals; about volunteers partners share knowledge and refer nobody."""
