"""A real S3-compatible server on loopback, a bucket for each test, and a county that was published."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import boto3
import pytest

from tests.publish.buckets import Store
from tests.publish.fronts import Failing, start_front
from tests.publish.places import Place, make_changed, web


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    log = tmp_path_factory.mktemp("moto") / "log.txt"
    with log.open("wb") as told:
        process = subprocess.Popen(
            [sys.executable, "-u", "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"],
            stdout=told,
            stderr=told,
        )
    try:
        for _ in range(600):
            lines = [line for line in log.read_text().splitlines() if "Running on http" in line]
            if lines:
                break
            time.sleep(0.1)
        yield lines[0].partition("Running on ")[2].strip()
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "made-up")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "made-up")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


@pytest.fixture
def store(service: str, credentials: None) -> Store:
    client = boto3.client("s3", endpoint_url=service)
    name = f"county-{secrets.token_hex(6)}"
    client.create_bucket(Bucket=name)
    return Store(service, name, client)


@pytest.fixture(scope="session")
def once_published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    work = tmp_path_factory.mktemp("faults")
    make_changed(work)
    return work


@pytest.fixture
def place(once_published: Path, tmp_path: Path) -> Iterator[Place]:
    subprocess.run(["cp", "-a", f"{once_published}/.", str(tmp_path)], check=True)
    with web(tmp_path) as server:
        yield Place(tmp_path, server)


@pytest.fixture
def failing(service: str) -> Iterator[Callable[[Callable[[str, str, int], int]], Failing]]:
    fronts: list[Failing] = []

    def start(judge: Callable[[str, str, int], int]) -> Failing:
        fronts.append(start_front(service, judge))
        return fronts[-1]

    yield start
    for front in fronts:
        front.end()
