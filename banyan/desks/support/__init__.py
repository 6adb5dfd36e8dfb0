"""Support: what a household is due, and its way from an entry through an approval to the person's own hand.

Three members work here, each with one seat and with pages of their own: who enters what the rules of the pack give,
who approves it and names the one payer, and who hands it over with a word that the person says at the door. Used by
the seats *entering*, *approving* and *paying*, for the cases they sit on.

It never pays twice for a month unseen, never lets one member do the work of two, never works out anew what was paid,
and holds no account of a person: only amounts, months and states.
"""
