"""What can be imported from ``nets`` itself, each from its home when it is asked for."""

import pytest

import nets


@pytest.mark.parametrize("name", nets.__all__)
def test_every_public_name_is_found_and_listed(name: str) -> None:
    found = getattr(nets, name)
    assert getattr(found, "__name__", name) == name
    assert name in dir(nets)


def test_another_name_is_an_error_as_in_every_module() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Netwrk'"):
        _ = nets.Netwrk
