"""What a member may have done at the hub. All but `say_duty` and `say_aside` is what any place does for a peer."""

from banyan.doors.sync import rules
from banyan.doors.sync.callers import Refused
from banyan.folders import wire
from banyan.folders.given import Ids, Summary
from banyan.folders.membership import Member
from banyan.folders.peers import LocalPeer, Placed, Pushed
from banyan.folders.store import Store


def tell_summary(*, store: Store, member: Member, ask: wire.AskSummary) -> Summary:
    """A member is told the fingerprints of what they are given: public items, and folders they hold."""
    return LocalPeer(store, member.id).summary()


def tell_ids(*, store: Store, member: Member, ask: wire.AskIds) -> Ids:
    """A member is told the ids of what they are given, under the first bytes that they name."""
    return LocalPeer(store, member.id).ids(ask.prefixes)


def give(*, store: Store, member: Member, ask: wire.AskFetch) -> wire.Items:
    """A member is given items of theirs by id; of anybody else's, as of none that is here, there is no word."""
    return wire.Items(items=LocalPeer(store, member.id).fetch(ask.ids))


def take(*, store: Store, member: Member, ask: wire.AskPush) -> Pushed:
    """Items are durable before they are confirmed. Who pushed what is not kept."""
    if not rules.fits(ask.items):
        raise Refused(413, "size", "At most 1 MiB of items at once, or one larger item alone.")
    return LocalPeer(store, member.id).push(ask.items)


def place(*, store: Store, member: Member, ask: wire.AskPlace) -> Placed:
    """A link gets the next place in the roster if it follows the head; of two that race one wins."""
    return LocalPeer(store, member.id).place(ask.link)


def say_duty(*, store: Store, member: Member, ask: wire.AskDuty) -> wire.Done:
    """Intake says whether it is on duty."""
    if not rules.may_say_duty(member):
        raise Refused(403, "seat", "Only intake goes on duty.")
    LocalPeer(store, member.id).duty(ask.on)
    return wire.Done()


def say_aside(*, store: Store, member: Member, ask: wire.AskAside) -> wire.Done:
    """Intake says which of the conversations that the door gave to it are junk, or are so no more."""
    if not rules.may_say_aside(member):
        raise Refused(403, "seat", "Only intake puts conversations aside.")
    LocalPeer(store, member.id).aside(ask.folders, back=ask.back)
    return wire.Done()
