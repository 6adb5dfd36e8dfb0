"""What the people of the demo go through, told course by course: a file for each desk that has a part in it.

A course is a function that takes a `Person`, acts, yields when the turn passes to another place, and acts again.
It goes on with another by `yield from`. Persons act by their visit and staff by the actions of their desks: nothing
here writes a row, or a document of its own making, into a store. `courses` names the course of each word of the plan.

Used by `play` alone.
"""
