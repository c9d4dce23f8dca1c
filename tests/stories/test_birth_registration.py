"""Đăng ký khai sinh (commune): the register and the system are filled in side by side."""

from flask import Flask

from app.domain.dossiers.status import Status
from tests.support.story import Story

P2 = "dang-ky-khai-sinh"


def test_the_two_branches_join_and_the_certificate_goes_out(any_app: Flask) -> None:
    story = Story(any_app)
    assert story.submit(P2) == "H27.30.01-241104-0001"
    story.complete("reception", "quyen.cambinh")
    story.complete("verification", "tai.cambinh")
    assert story.open_steps() == ["register_entry", "system_entry"]
    story.complete("system_entry", "tai.cambinh")
    assert story.open_steps() == ["register_entry"]
    story.complete("register_entry", "tai.cambinh")
    assert story.open_steps() == ["approval"]
    story.complete("approval", "vinh.cambinh")
    story.complete("stamping", "xuan.cambinh")
    story.complete("return_result", "quyen.cambinh")
    with any_app.app_context():
        assert story.dossier().status is Status.RETURNED_RESULT
    assert story.replayed().identical


def test_branches_in_a_loop_never_open_the_approval_too_early(any_app: Flask) -> None:
    story = Story(any_app)
    story.submit(P2)
    story.complete("reception", "quyen.cambinh")
    story.complete("verification", "tai.cambinh")
    for first, second in (
        ("system_entry", "register_entry"),
        ("register_entry", "system_entry"),
        ("system_entry", "register_entry"),
    ):
        story.complete(first, "tai.cambinh")
        assert story.open_steps() == [second]
        story.complete(second, "tai.cambinh")
        assert story.open_steps() == ["approval"]
        story.complete("approval", "vinh.cambinh", approval_decision="return")
        if story.open_steps() == ["verification"]:
            story.complete("verification", "tai.cambinh")
        assert story.open_steps() == ["register_entry", "system_entry"]
    assert story.replayed().identical
