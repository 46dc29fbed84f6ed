"""What it costs to hold a reply back until it is judged: `python -m benchmarks.streaming`.

Two sample replies of our own, one character at a time. For each way of release: how many characters a reader waits,
on average and at worst, for a character that has arrived; how often the judge is asked; how many characters it reads
for each one of the reply; and the processor time of all of it, which asserts nothing.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final, Literal

from thirdchair.records import Language
from thirdchair.safeguards.streaming import Passage, Release, Verdict
from thirdchair.safeguards.streaming_judge import judge_reply

REPLIES: Final = {
    Language.ENGLISH: (
        "Sleep often gets worse when we watch the clock. Many people find it helps to get up at the same time each"
        " day, even after a short night, and to leave the bed when they have lain awake for about 20 minutes.\n\n"
        "1. Keep the bed for sleep.\n2. Have no coffee after 2 p.m. if you can.\n3. Write worries down before"
        " the evening.\n\nIf this has gone on for more than 3 weeks, Dr. Hall or another member of your team can look"
        " at it with you. You can also call 988 at any hour."
    ),
    Language.CHINESE: (
        "越是盯着时间看，往往越睡不着。很多人发现，每天在同一时间起床会有帮助，哪怕前一晚睡得很少；躺了大约20分钟还没有"
        "睡着，就先起来坐一会儿。\n\n1. 床只用来睡觉。\n2. 下午两点以后尽量不喝咖啡。\n3. 傍晚以前把担心的事写下来。\n\n"
        "如果已经持续三个星期以上，可以请您的医生一起看看。任何时候也可以拨打热线12356。"
    ),
}
DIRECTORY: Final = ("988", "12356")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one release of one reply cost.

    Args:
        mean_wait, worst_wait: characters that had arrived after a character before it went out.
        judged: characters the judge read, for each one of the reply.
    """

    mean_wait: float
    worst_wait: int
    calls: int
    judged: float
    milliseconds: float


def cost(text: str, language: Language, by: Literal["sentence", "word"]) -> Cost:
    """The cost of a reply that nothing is refused of."""
    judge = judge_reply(language=language, directory=DIRECTORY)
    read: list[int] = []

    def counted(passage: Passage) -> Verdict:
        read.append(len(passage.before) + len(passage.begun) + len(passage.text))
        return judge(passage)

    release = Release(reveal=str, judge=counted, by=by)
    waits: list[int] = []
    began = time.process_time()
    for arrived, char in enumerate(text, start=1):
        waits += [
            arrived - place for place in range(len(waits) + 1, len(waits) + 1 + len(release.feed(char)))
        ]
    waits += [len(text) - place for place in range(len(waits) + 1, len(waits) + 1 + len(release.close()))]
    spent = (time.process_time() - began) * 1000
    if len(waits) != len(text):
        raise SystemExit("Something of a sample reply was refused; the figures would not be comparable.")
    return Cost(sum(waits) / len(waits), max(waits), len(read), sum(read) / len(text), spent)


def main() -> None:
    """Prints the table."""
    print(f"{'reply':16}{'by':10}{'wait mean':>10}{'worst':>7}{'calls':>7}{'judged/char':>13}{'CPU ms':>8}")
    for language, text in REPLIES.items():
        cost(text, language, "sentence")  # loads the word lists, whose time is not a reply's
        for by in ("sentence", "word"):
            found = cost(text, language, by)
            print(
                f"{language!s:8}{len(text):>5} ch {by:10}{found.mean_wait:>9.1f}{found.worst_wait:>7}{found.calls:>7}"
                f"{found.judged:>13.1f}{found.milliseconds:>8.0f}"
            )


if __name__ == "__main__":
    main()
