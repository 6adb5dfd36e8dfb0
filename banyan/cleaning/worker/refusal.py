"""The one fault that a cleaner raises on purpose."""


class Refused(Exception):
    """The file is not cleaned; `why` is one of the reasons of a frame."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
