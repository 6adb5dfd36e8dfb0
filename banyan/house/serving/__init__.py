"""What stands between the hub's socket and its pages: who is let in, who is worked for first, how an answer leaves.

`bounded` holds connections and bodies to what fits, `lanes` has costly requests wait without a thread. `quick` answers
from memory what holds nothing of its request, and sorts the rest by what `reading` takes from it and `known` remembers.
`leaving` lets answers go at whole steps of time, `even` fills them up to few lengths. Used by `banyan hub`; a desk
takes the bounds alone.

It never looks at an address or a cookie, keeps nothing on a disk, and logs nothing of a request.
"""
