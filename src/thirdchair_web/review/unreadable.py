"""What a reader found wrong with an upload, in the language of the screen.

The readers are in the core and say it in English. Here every sentence they can say stands once, with placeholders for
what varies, so that it can be translated.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from thirdchair.errors import UnreadableTranscript
from thirdchair_web.core_sentences import translated

KINDS: Final = (
    gettext_noop("a PDF"),
    gettext_noop("an image"),
    gettext_noop("a sound recording"),
    gettext_noop("a video"),
    gettext_noop("a sound or video recording"),
    gettext_noop("an old Office file (.doc, .xls)"),
    gettext_noop("a rich-text file"),
    gettext_noop("a compressed file"),
    gettext_noop("not text"),
)

PROBLEMS: Final = (
    gettext_noop("The file is empty."),
    gettext_noop("The file is blank."),
    gettext_noop("The file has %(found)s MiB; at most %(most)s MiB are read."),
    gettext_noop("The file has %(found)s lines; at most %(most)s are read."),
    gettext_noop("The file has %(found)s turns of speech; at most %(most)s are read."),
    gettext_noop("The file has %(found)s words; at most %(most)s are read."),
    gettext_noop("One turn has %(found)s characters; at most %(most)s are read."),
    gettext_noop("The file is %(kind)s, which holds no transcript that can be read."),
    gettext_noop("The file is not in UTF-8 from here on."),
    gettext_noop("The UTF-16 text is damaged here."),
    gettext_noop("The file holds no speech."),
    gettext_noop("The file names no speaker."),
    gettext_noop("The file has one speaker only; a session has at least two."),
    gettext_noop("The time here is earlier than the time before it."),
    gettext_noop("The speech here ends before it begins."),
    gettext_noop("The time here cannot be read."),
    gettext_noop("No line begins with a speaker's name and a colon."),
    gettext_noop("There is text here before the first speaker's name."),
    gettext_noop("The file holds no cues."),
    gettext_noop("The file has no cues: no line gives a time as 00:00:01.000 --> 00:00:04.000."),
    gettext_noop("There is text here without the times of its cue."),
    gettext_noop("The times of this cue cannot be read."),
    gettext_noop("This cue ends before it begins."),
    gettext_noop("Two cues run into each other here; a blank line is missing."),
    gettext_noop("The table has no header with the columns speaker and text."),
    gettext_noop("This row has %(found)s cells; the header has %(most)s."),
    gettext_noop("This row names no speaker."),
    gettext_noop("The row that begins here cannot be read."),
    gettext_noop("The time in this row cannot be read."),
    gettext_noop("The file begins as JSON but cannot be read as JSON here."),
    gettext_noop("There is no list of utterances."),
    gettext_noop("The file holds several sessions."),
    gettext_noop("Utterance %(place)s has no speaker or no text."),
    gettext_noop("The time of utterance %(place)s cannot be read."),
    gettext_noop("The line is too long."),
    gettext_noop("The line is not JSON."),
    gettext_noop("The line has no id."),
    gettext_noop("The file is no readable Word document."),
    gettext_noop("The document unpacks to more than %(most)s MiB."),
    gettext_noop("The Word document is damaged."),
    gettext_noop("The Word document declares a document type, which Word never does."),
)

REMEDIES: Final = (
    gettext_noop("Upload a file that holds a session."),
    gettext_noop("Upload one session at a time."),
    gettext_noop("Upload the transcript of one session, as text, without recording or pictures."),
    gettext_noop(
        "Upload the transcript itself: VTT, SRT, TXT, CSV, JSON or DOCX. Text files are read as UTF-8."
    ),
    gettext_noop("Save the file as UTF-8 and upload it again."),
    gettext_noop("Check that the recording was transcribed, and export it again."),
    gettext_noop("Check that each turn begins with its speaker's name on a new line."),
    gettext_noop("Export it with speaker names, or write each turn as Name: text."),
    gettext_noop("Put the turns in order of time, or export the transcript again."),
    gettext_noop("Correct the two times, or export the transcript again."),
    gettext_noop("Write times as 00:01:02 (hours, minutes, seconds)."),
    gettext_noop("Write times in seconds (62.5) or as 00:01:02.500."),
    gettext_noop("Write each turn as Name: text on a line of its own."),
    gettext_noop("Begin with Name: text, or delete this line if nobody said it."),
    gettext_noop("Give each cue a line of its own like 00:00:01.000 --> 00:00:04.000."),
    gettext_noop(
        "Export the captions again with their times, or upload the text as Name: text lines in a .txt file."
    ),
    gettext_noop("Make the first line: speaker,text (start and end may follow)."),
    gettext_noop('Put text that holds the delimiter into quotes ("...").'),
    gettext_noop("Write the speaker in every row."),
    gettext_noop("Check that every quotation mark is closed and doubled inside quoted text."),
    gettext_noop('Write a list of {"speaker": ..., "text": ...}, or one such object per line.'),
    gettext_noop('Write "utterances": [{"speaker": ..., "text": ...}, ...].'),
    gettext_noop('Write each utterance as {"speaker": ..., "text": ...}.'),
    gettext_noop('Write {"id": ..., "utterances": [...]} on one line.'),
    gettext_noop('Give the session an "id" (text or number).'),
    gettext_noop("Upload one session, or run thirdchair summarise --jsonl on the whole file."),
    gettext_noop("At most %(most)s characters are read."),
    gettext_noop("Open the document in Word, save it as .docx without a password, and upload it again."),
    gettext_noop("Copy the transcript's text into a new document and upload that."),
)


def in_words(error: UnreadableTranscript) -> str:
    """The line where there is one, the problem and the remedy; like the error, it quotes nothing of the file."""
    told = {
        "problem": translated(error.problem, PROBLEMS, kinds=KINDS),
        "remedy": translated(error.remedy, REMEDIES),
    }
    if error.line is None:
        return _("%(problem)s %(remedy)s") % told
    return _("Line %(line)s: %(problem)s %(remedy)s") % {"line": error.line, **told}
