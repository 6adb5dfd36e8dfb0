"""Language: what is said and how, for any room.

Unicode form and Zawgyi (`text`), Burmese digits (`numerals`), times as a person says them (`times`), and the
country's own data (`pack`: forces, rank bands, regions, currencies, languages, coded answers).
Doors and desks use it in forms and pages; the counting uses the pack's codes.
It holds no models, keeps nothing that it is given, and never guesses: text that looks like Zawgyi is said to,
not converted.
"""
