"""Buckets: what a real S3-compatible server on loopback holds, seen without the code that is tested."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from typing import Any


@dataclass
class Store:
    """A bucket of one test, seen without the code that is tested."""

    service: str
    name: str
    client: Any

    def objects(self) -> dict[str, dict[str, Any]]:
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.name)
        keys = [entry["Key"] for page in pages for entry in page.get("Contents", ())]
        return {key: self.client.get_object(Bucket=self.name, Key=key) for key in keys}

    def contents(self) -> dict[str, bytes]:
        opened = {}
        for key, answer in self.objects().items():
            content = answer["Body"].read()
            opened[key] = gzip.decompress(content) if answer.get("ContentEncoding") == "gzip" else content
        return opened
