"""The sentences for every kind of problem, with places for the facts of one."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from seedream_desktop.generation.errors import ProblemKind

translate = QCoreApplication.translate
Sentences = dict[ProblemKind, tuple[str, str]]


def sentences() -> Sentences:
    """For each kind: what happened, and what can be done."""
    return (
        _of_the_draft()
        | _of_the_way()
        | _of_the_key()
        | _of_what_the_server_refused()
        | _of_the_answer()
        | _of_the_outcome()
        | _of_links()
        | _of_this_computer()
        | _of_files()
        | _of_what_comes_and_goes()
        | _of_pictures()
        | _of_the_rest()
    )


def _of_the_draft() -> Sentences:
    return {
        ProblemKind.EMPTY_PROMPT: (
            translate("problem", "The prompt is empty."),
            translate("problem", "Write what the picture should show."),
        ),
        ProblemKind.NO_REFERENCE_TAKEN: (
            translate("problem", "This model takes no references."),
            translate("problem", "Remove them, or choose another model."),
        ),
        ProblemKind.REFERENCE_NEEDED: (
            translate("problem", "{model} changes a picture and needs one reference."),
            translate("problem", "Drop the picture that it should change."),
        ),
        ProblemKind.TOO_MANY_REFERENCES: (
            translate("problem", "Too many references: {limit} at most."),
            translate("problem", "Remove some, or choose another model."),
        ),
        ProblemKind.TOO_MANY_PICTURES: (
            translate("problem", "References and pictures of a set are fifteen at most; {limit} are left."),
            translate("problem", "Ask for fewer pictures, or remove references."),
        ),
        ProblemKind.SIZE_REFUSED: (
            translate("problem", "The model does not take this size."),
            translate("problem", "Choose one of the sizes, or the nearest one offered."),
        ),
        ProblemKind.REFERENCE_GONE: (
            translate("problem", "The reference {subject} is no longer in the library."),
            translate("problem", "Remove it, or drop the picture again."),
        ),
        ProblemKind.BRACES_UNBALANCED: (
            translate("problem", "A choice in the prompt is not closed: “{subject}”."),
            translate("problem", "Close the choice, or put a backslash before a brace that is meant as one."),
        ),
        ProblemKind.VARIABLE_EMPTY: (
            translate("problem", "{subject} has no value yet."),
            translate("problem", "Write what stands in its place."),
        ),
        ProblemKind.TOO_MANY_REQUESTS: (
            translate("problem", "One press makes {limit} requests at most; this would make {actual}."),
            translate("problem", "Take out some of the choices, or ask for fewer variations."),
        ),
    }


def _of_the_way() -> Sentences:
    return {
        ProblemKind.BASE_URL_REFUSED: (
            translate("problem", "The address of the service cannot be used."),
            translate("problem", "It has to begin with https. Start again with another --base-url."),
        ),
        ProblemKind.PROXY_UNUSABLE: (
            translate("problem", "The proxy {proxy} cannot be used. {said}"),
            translate(
                "problem",
                "Look at Proxy in Preferences or in the system's settings; only http and https proxies can "
                "be used.",
            ),
        ),
        ProblemKind.UNREACHABLE: (
            translate("problem", "{host} cannot be reached."),
            translate("problem", "Check the network; what waits goes on by itself."),
        ),
        ProblemKind.NAME_NOT_FOUND: (
            translate("problem", "{host} cannot be found on this network."),
            translate("problem", "Check the network and the address; what waits goes on by itself."),
        ),
        ProblemKind.CERTIFICATE_REFUSED: (
            translate("problem", "{host} could not prove that it is the right one. {said}"),
            translate(
                "problem",
                "Check that this computer's clock is right. A company that reads its network's traffic has "
                "to install its certificate in the system.",
            ),
        ),
        ProblemKind.SIGN_IN_NEEDED: (
            translate("problem", "This network wants you to sign in."),
            translate("problem", "Open its page and sign in there; what waits then goes on by itself."),
        ),
        ProblemKind.SENDING_BROKE: (
            translate("problem", "The connection broke while sending."),
            translate("problem", "Send again."),
        ),
    }


def _of_the_key() -> Sentences:
    return {
        ProblemKind.NO_KEY: (
            translate("problem", "There is no key yet."),
            translate("problem", "Paste a key, or try the demo."),
        ),
        ProblemKind.KEY_MALFORMED: (
            translate("problem", "That does not look like a key."),
            translate("problem", "Copy it again, the whole line and nothing else."),
        ),
        ProblemKind.KEY_REFUSED: (
            translate("problem", "The service does not accept the key."),
            translate("problem", "Paste another key in Preferences."),
        ),
        ProblemKind.NOT_ALLOWED: (
            translate("problem", "The key is not allowed to do this. {said}"),
            translate("problem", "Choose another model, or use a key with more rights."),
        ),
        ProblemKind.QUOTA_SPENT: (
            translate("problem", "The balance of the account is used up."),
            translate("problem", "Top up the account, then send again."),
        ),
        ProblemKind.KEYRING_UNUSABLE: (
            translate("problem", "This computer has no safe place for the key."),
            translate("problem", "A key is kept until the window is closed and is never written to disk."),
        ),
        ProblemKind.KEYRING_REFUSED: (
            translate("problem", "The system's keyring did not open."),
            translate("problem", "Unlock it, then try again."),
        ),
        ProblemKind.KEYRING_SILENT: (
            translate("problem", "The system's keyring has not answered for a minute."),
            translate("problem", "It may be waiting for an answer of yours. Try again."),
        ),
    }


def _of_what_the_server_refused() -> Sentences:
    return {
        ProblemKind.FIELD_REFUSED: (
            translate("problem", "The service did not accept {field}. {said}"),
            translate("problem", "Change it, then send again."),
        ),
        ProblemKind.PROMPT_REFUSED: (
            translate("problem", "The service's content check refused the prompt."),
            translate("problem", "Put it in other words, then send again."),
        ),
        ProblemKind.REFERENCE_REFUSED: (
            translate("problem", "The service's content check refused a reference. {said}"),
            translate("problem", "Remove it or use another picture, then send again."),
        ),
        ProblemKind.RESULT_REFUSED: (
            translate("problem", "A picture was made, but the service's content check held it back."),
            translate("problem", "Send again, or change the prompt."),
        ),
        ProblemKind.MODEL_NOT_FOUND: (
            translate("problem", "The service does not know this model."),
            translate("problem", "Choose another model."),
        ),
        ProblemKind.TOO_LARGE: (
            translate("problem", "The request is too large for the service."),
            translate("problem", "Use fewer or smaller references."),
        ),
        ProblemKind.RATE_LIMITED: (
            translate("problem", "The service asks to wait {wait}."),
            translate("problem", "Send again then, or run fewer jobs at once."),
        ),
        ProblemKind.SERVER_FAULT: (
            translate("problem", "Something failed at the service. {said}"),
            translate("problem", "Send again in a minute."),
        ),
    }


def _of_the_answer() -> Sentences:
    return {
        ProblemKind.MOVED: (
            translate("problem", "The service has moved to another address."),
            translate("problem", "Your key was not sent there. Check the address, then send again."),
        ),
        ProblemKind.NOT_THE_API: (
            translate("problem", "What answered is not the service; it may be the network's sign-in page."),
            translate("problem", "Open a web page, sign in there, then send again."),
        ),
        ProblemKind.ANSWER_UNREADABLE: (
            translate("problem", "The answer could not be read. It is kept with the request."),
            translate("problem", "Look at the provider's own list before sending again."),
        ),
        ProblemKind.ANSWER_EMPTY: (
            translate("problem", "The answer holds no picture."),
            translate("problem", "Look at the provider's own list before sending again."),
        ),
    }


def _of_the_outcome() -> Sentences:
    return {
        ProblemKind.NO_ANSWER: (
            translate("problem", "No answer came in time."),
            translate("problem", "Look at the provider's own list before sending again."),
        ),
        ProblemKind.CONNECTION_BROKE: (
            translate("problem", "The connection broke after sending."),
            translate("problem", "Look at the provider's own list before sending again."),
        ),
        ProblemKind.STOPPED_WAITING: (
            translate("problem", "You stopped waiting after the request was sent."),
            translate("problem", "Send again if the picture is still wanted."),
        ),
        ProblemKind.ENDED_WHILE_SENDING: (
            translate("problem", "The application ended while the request was under way."),
            translate("problem", "Look at the provider's own list before sending again."),
        ),
        ProblemKind.ANSWER_LOST: (
            translate("problem", "The bill shows that it was made, but its answer never came: it is lost."),
            translate("problem", "Send the request again to get a picture; that is billed again."),
        ),
        ProblemKind.NOTHING_MADE: (
            translate("problem", "No answer came, and the bill shows that nothing was made."),
            translate("problem", "Try again if the picture is still wanted."),
        ),
    }


def _of_links() -> Sentences:
    return {
        ProblemKind.LINK_DENIED: (
            translate("problem", "The picture is there, but its link was refused."),
            translate("problem", "Fetch it again; a link lives for 24 hours."),
        ),
        ProblemKind.LINK_EXPIRED: (
            translate("problem", "The picture's link has expired; it lived for 24 hours."),
            translate("problem", "Send again if the picture is still wanted."),
        ),
        ProblemKind.LINK_BROKE: (
            translate("problem", "The picture is there, but fetching it broke off."),
            translate("problem", "Check the network, then fetch it again."),
        ),
        ProblemKind.ADDRESS_NOT_ALLOWED: (
            translate("problem", "The picture's link leads into a private network and was not followed."),
            translate("problem", "Check the address of the service."),
        ),
        ProblemKind.PICTURE_DAMAGED: (
            translate("problem", "{subject} is damaged or not whole."),
            translate("problem", "Fetch or copy it again."),
        ),
        ProblemKind.RESULT_DAMAGED: (
            translate("problem", "What came is damaged or no picture. It is kept as it came."),
            translate("problem", "Look at it, or send again if the picture is still wanted."),
        ),
    }


def _of_this_computer() -> Sentences:
    return {
        ProblemKind.DISK_FULL: (
            translate("problem", "The disk is full."),
            translate("problem", "Make room; what was received waits under Unfinished."),
        ),
        ProblemKind.FOLDER_NOT_WRITABLE: (
            translate("problem", "Nothing can be written to {subject}."),
            translate("problem", "Choose another folder, or allow writing to this one."),
        ),
        ProblemKind.LIBRARY_AWAY: (
            translate("problem", "The library is not there: {subject}."),
            translate("problem", "Connect its drive. What arrives meanwhile waits under Unfinished."),
        ),
        ProblemKind.LIBRARY_SILENT: (
            translate("problem", "The library does not answer: {subject}."),
            translate("problem", "Wake or reconnect its drive. What arrives waits under Unfinished."),
        ),
        ProblemKind.BOARD_GONE: (
            translate("problem", "This board is no longer there: its folder was removed or moved outside."),
            translate("problem", "Nothing was changed. Choose another board, or put the folder back."),
        ),
        ProblemKind.JOURNAL_SET_ASIDE: (
            translate("problem", "The list of requests was damaged; it is kept as {subject}."),
            translate("problem", "What was under way is not known; compare with the usage of your account."),
        ),
        ProblemKind.LIBRARY_NEWER: (
            translate("problem", "A newer version of Seedream Desktop made this library."),
            translate("problem", "It can be looked at. Update the application to add to it."),
        ),
    }


def _of_files() -> Sentences:
    return {
        ProblemKind.NOT_A_PICTURE: (
            translate("problem", "{subject} is not a picture."),
            translate("problem", "JPEG, PNG, WebP, TIFF, GIF, PSD and AVIF can be used."),
        ),
        ProblemKind.EMPTY_FILE: (
            translate("problem", "{subject} is empty."),
            translate("problem", "Copy it again from where it came from."),
        ),
        ProblemKind.IS_A_FOLDER: (
            translate("problem", "The folder {subject} holds no pictures that can be used."),
            translate("problem", "Drop the pictures themselves."),
        ),
        ProblemKind.FILE_UNREADABLE: (
            translate("problem", "{subject} cannot be read."),
            translate("problem", "Check that you may open it, or copy it to this computer."),
        ),
        ProblemKind.FILE_TOO_LARGE: (
            translate("problem", "{subject} is {actual}; at most {limit} can be read."),
            translate("problem", "Save a smaller copy, as JPEG for instance."),
        ),
        ProblemKind.FORMAT_NOT_TAKEN: (
            translate("problem", "{subject} is in a format that is not taken: {format}."),
            translate("problem", "Save a copy as JPEG, PNG or TIFF."),
        ),
        ProblemKind.LAYERS_ONLY: (
            translate("problem", "{subject} holds layers and no flattened picture."),
            translate(
                "problem", "In Photoshop, save it again and maximize compatibility, or export it as PNG."
            ),
        ),
        ProblemKind.DRAWING_NOT_TAKEN: (
            translate("problem", "{subject} is a drawing without pixels."),
            translate("problem", "Export it as PNG, then drop that."),
        ),
    }


def _of_what_comes_and_goes() -> Sentences:
    return {
        ProblemKind.MADE_ELSEWHERE: (
            translate("problem", "{subject} was not made with Seedream Desktop."),
            translate("problem", "Choose a picture that was made here."),
        ),
        ProblemKind.CLIENT_SAFE: (
            translate("problem", "{subject} is client-safe: prompts and recipes stay there."),
            translate("problem", "Switch that off in the board's settings to copy them."),
        ),
        ProblemKind.PARCEL_REFUSED: (
            translate("problem", "{subject} holds no board that can be added, or it is damaged."),
            translate("problem", "Have the board handed over once more."),
        ),
        ProblemKind.LINK_UNUSABLE: (
            translate("problem", "No picture can be fetched from {host}. {said}"),
            translate("problem", "Save the picture from the web page, then drop the file."),
        ),
    }


def _of_pictures() -> Sentences:
    return {
        ProblemKind.PICTURE_TOO_LARGE: (
            translate("problem", "{subject} has too many pixels."),
            translate("problem", "Save a smaller copy of at most {limit} pixels."),
        ),
        ProblemKind.PICTURE_TOO_SMALL: (
            translate("problem", "{subject} is too small."),
            translate("problem", "Each side has to be longer than 14 pixels."),
        ),
        ProblemKind.PICTURE_TOO_NARROW: (
            translate("problem", "{subject} is too long and narrow."),
            translate("problem", "Crop it; one side may be {limit} times the other."),
        ),
    }


def _of_the_rest() -> Sentences:
    return {
        ProblemKind.DEMO_DID_NOT_START: (
            translate("problem", "The demo did not start."),
            translate("problem", "Try it again."),
        ),
        ProblemKind.UNEXPECTED: (
            translate("problem", "Something went wrong in Seedream Desktop itself. {said}"),
            translate("problem", "Try again; if it happens again, please report it."),
        ),
    }
