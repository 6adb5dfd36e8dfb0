"""What planners write of a way is read at intake in words, and never as a code."""

from banyan.cases import casework
from banyan.cases.journey import Journey
from banyan.cases.stages import Stage


def test_a_planners_halt_and_why_somebody_stays_are_said_in_words(town):
    way = Journey(town.programme).goes()
    kyi, page = way.desk("Kyi"), f"/intake/case/{way.cover[:8].hex()}"
    for reason, said in (("plan", "The plan must change"), ("leg", "A leg does not hold")):
        casework.halt(kyi, way.cover, reason)
        way.carry()
        shown = town.get(page)
        assert said in shown and f">{reason}<" not in shown
    casework.go_to(kyi, way.cover, Stage.WAITING, reason="family")
    way.carry()
    shown = town.get(page)
    assert "Their family needs them there" in shown and "Care for their family" not in shown
