"""A hub taken over alive reads what is typed in those days and the conversations of who comes back; no more."""

from banyan.cases.folders.conversation import Message
from banyan.cases.table import RULES
from banyan.folders.history import tell
from banyan.folders.items import Item
from banyan.folders.unseal import Ring, take
from banyan.sealing import codes
from banyan.sealing.keys import Keys
from promises.kit import arrive_merged, everything, keep_a_reply, open_case, read_items


def opened(items: list[Item], keys: list[Keys], roster) -> set[bytes]:
    """The folders of which any of these keys opens anything."""
    rings = (take(Ring(f), items, one, roster) for f in {i.folder for i in items if i.folder} for one in keys)
    return {ring.folder for ring in rings if ring.statements and tell(ring, roster, RULES)}


def test_it_reads_those_who_come_in_these_days_and_nobody_else(programme):
    stories = [arrive_merged(programme) for _ in range(4)]
    stories[0] = open_case(programme, programme.desks["Aye"], stories[0])
    notebook = keep_a_reply(programme.desks["Aye"])
    roster, known = programme.hub.roster(), [programme.door.keys]
    visit = programme.door.visit  # from now on the hub keeps every key that a code opens

    def recording(code: bytes):
        known.append(codes.keys_of(code, roster.programme))
        return visit(code)

    programme.door.visit = recording
    programme.door.visit(stories[1].code).post(b"t" * 16, Message(text="in those days", language="en"))
    newcomer = arrive_merged(programme)
    programme.carry()
    read = opened(read_items(everything(programme)), known, roster)
    assert read == {stories[1].folder, newcomer.folder}
    assert not read & {stories[0].cover, notebook, *(story.folder for story in (stories[0], *stories[2:]))}


def test_once_it_is_over_a_new_epoch_shuts_out_what_it_knew_of_a_fresh_conversation(programme):
    code = codes.new_code()
    visit = programme.door.visit(code)
    visit.post(b"f" * 16, Message(text="first", language="en"))
    folder, seeds = visit.history.folder, {one.statement.epoch: one.seed for one in visit.history.current}
    programme.carry()
    programme.carry()
    programme.desks["Aye"].write(folder, Message(text="answer", language="en"))
    programme.carry()
    ring = take(Ring(folder), read_items(everything(programme)), seeds, programme.hub.roster())
    assert len(ring.entries) == 1 and ring.waiting
