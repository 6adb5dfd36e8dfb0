"""One whole way in a real browser: from the first message to a published figure, each member at their own desk.

The door in Burmese on a phone without script, the desks in English on laptops; every process is real. At each step
members who do not hold the page try its address and find nothing. Pictures of each page are kept in `artefacts/`.
"""

import pytest

from banyan.house.processes import founded_whole, started, whole_home
from promises import story_asking as asking
from promises import story_going as going
from promises.story import Story, chrome
from promises.story_asking import ANSWER, FINDING, NAME, QUESTION, Way
from promises.story_going import CALL_OFF, FIRST_STEP, HOUSE, MEET, RATE, SIGN, SILENT, WAY

__all__ = ["chrome", "founded_whole", "started", "whole_home"]
pytestmark = pytest.mark.browser

# Who may ever come to read what was written on the way, from all pages of their desks.
READ_BY = {
    QUESTION: {"Aye", "Ba"}, ANSWER: {"Aye", "Ba"}, NAME: {"Ei", "Gyi"}, FINDING["Ei"]: {"Ei", "Gyi", "Hla"},
    FINDING["Gyi"]: {"Ei", "Gyi", "Hla"}, FIRST_STEP: {"Kyi"}, SILENT: {"Kyi"}, CALL_OFF: {"Kyi"}, WAY: set[str](),
    MEET: {"Kyi", "Lin"}, SIGN: {"Kyi", "Lin"}, HOUSE: {"Mon", "Nwe"}, RATE: {"Oo", "Phyu", "San"},
}  # fmt: skip


def nobody_reads_more(story: Story) -> None:
    """With everything at every desk: what was closed is closed, and all pages of all desks say to each member what is
    theirs to read and nothing else. Nobody reads a name and a house.
    """
    for name in story.home.members:
        story.at(name)
    story.ask_again()
    read = {name: story.all_read(name) for name in story.home.members}
    for text, members in READ_BY.items():
        readers = {name for name, said in read.items() if text in said}
        assert readers <= members and bool(readers) == bool(members), text


ASKING = (
    asking.the_message, asking.the_answer, asking.the_consent, asking.the_case, asking.the_two_offline, asking.the_name,
    asking.the_findings,
)  # fmt: skip
GOING = (
    going.the_plan, going.the_go, going.the_leg, going.the_arrival, going.the_bed, going.the_money, going.the_figures,
)  # fmt: skip


def test_one_persons_whole_way_through_the_pages(chrome, whole_home, started) -> None:
    story, way = Story(chrome, whole_home, started, "whole"), Way()
    asking.the_box(story)
    for step in (*ASKING, *GOING):
        step(story, way)
    nobody_reads_more(story)
