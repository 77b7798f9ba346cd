import pytest


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.NITHET_DATA = tmp_path / "data"
    settings.NITHET_CLAMAV = ""
    settings.NITHET_DATA.mkdir()
    return settings.NITHET_DATA
