"""Language: what is said and how, for any room.

Unicode form and Zawgyi (`text`), names as given (`names`), Burmese digits (`numerals`), money (`money`), times
as a person says them (`times`), and the country's own data (`pack`: forces, rank bands, regions, currencies,
languages, coded answers; `criteria` of eligibility and `entitlements`, by version).
Doors and desks use it in forms and pages; the counting uses the pack's codes.
It holds no models, keeps nothing that it is given, and never guesses: Zawgyi is converted only where the
probability is plain, and what is in doubt is said to be, with both readings. It decides about nobody.
"""
