"""What is kept of a job: the record of each picture, and what the request cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seedream_desktop.generation.errors import Billed, ProblemKind
from seedream_desktop.generation.job import Job, now_ms
from seedream_desktop.library.costs import Spend
from seedream_desktop.library.record import AnswerFacts, Made, SentReference

if TYPE_CHECKING:
    from seedream_desktop.generation.answer import Answer, AnsweredPicture
    from seedream_desktop.imaging.checking import CheckedPicture
    from seedream_desktop.library.library import Library

_SETTLED = (ProblemKind.ANSWER_LOST, ProblemKind.NOTHING_MADE)  # a check put on record what it found out


def record_unanswered(job: Job, library: Library) -> None:
    """Keep what a request without an answer may have cost; nothing, if it was never sent. As often as wanted.

    Raises ProblemError.
    """
    problem = job.problem
    if problem is None or job.answered_ms is not None or problem.kind in _SETTLED:
        return
    if job.is_held_up:  # it is still to be sent
        return
    if problem.billed is not Billed.NO or problem.status is not None:
        library.record_spend(spend_of(job, problem.billed, delivered=0, failed=0))


def spend_of(job: Job, billed: Billed, delivered: int, failed: int, generated: int | None = None) -> Spend:
    """What the spend file of ``job`` says; ``generated`` as the server said, None: it did not."""
    return Spend(
        job_id=job.id,
        at_ms=job.sending_ms or now_ms(),
        board_id=job.board_id,
        model=job.request.model,
        asked=job.request.pictures_at_most,
        delivered=delivered,
        failed=failed,
        price_usd=job.price_usd,
        price_as_of=job.price_as_of,
        billed=billed,
        generated=max(0, generated) if generated is not None else None,
        surcharge_usd=job.surcharge_usd,
        price_least_usd=job.price_least_usd,
    )


def made_of(job: Job, answer: Answer, picture: AnsweredPicture, checked: CheckedPicture) -> Made:
    """What the record of a picture says about how it was made."""
    return Made(
        sha256=checked.sha256,
        size_bytes=checked.size_bytes,
        media_type=checked.media_type,
        width_px=checked.width_px,
        height_px=checked.height_px,
        made_ms=job.answered_ms or now_ms(),
        pressed_ms=job.queued_ms,
        took_ms=max(0, (job.answered_ms or 0) - (job.sending_ms or 0)),
        request=job.request,
        recipe=job.recipe,
        answer=_facts_of(answer, picture),
        job_id=job.id,
        press_id=job.press_id,
        press_index=job.press_index,
        press_count=job.press_count,
        choices=job.choices,
        frame=job.frame,
        set_index=picture.index,
        set_count=len(answer.pictures),
        made_from=job.made_from,
        sent_references=_sent_references(job),
        price_usd=job.price_usd,
        price_as_of=job.price_as_of,
        surcharge_usd=job.surcharge_usd,
        billed=Billed.YES,
    )


def _sent_references(job: Job) -> tuple[SentReference, ...]:
    if not job.sent_forms:  # of a version that sent every reference as it was
        return tuple(SentReference(reference.sha256) for reference in job.request.references)
    pairs = zip(job.request.references, job.sent_forms, strict=True)
    return tuple(
        SentReference(
            reference.sha256,
            form.sha256 if form.derived else "",
            " ".join(kind.value for kind in form.derived),
        )
        for reference, form in pairs
    )


def _facts_of(answer: Answer, picture: AnsweredPicture) -> AnswerFacts:
    return AnswerFacts(
        model=answer.model,
        created=answer.created,
        generated_images=answer.generated_images,
        output_tokens=answer.output_tokens,
        total_tokens=answer.total_tokens,
        request_id=answer.request_id,
        size_said=picture.size_said,
        link=picture.url,
        extra_json=answer.extra_json,
    )
