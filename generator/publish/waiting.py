"""Waiting: what a worker has made of a village is brought to the bucket, where nobody is led to it yet."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from generator.model.finding import SetupError
from generator.model.manifest import NAME as MANIFEST
from generator.model.manifest import ManifestError, read_manifest
from generator.publish.bucket import Bucket, put_object, staged_key
from generator.publish.compressing import gzip_copy
from generator.publish.objects import Headers, Object, is_put_packed
from generator.wording import _

_HANDS = 8


@dataclass(frozen=True, slots=True)
class Staging:
    """Brings villages to the bucket at ``address`` ("s3://name/prefix"), in whatever process it is called.

    Each object waits below a name that is a hash of it, until ``mirror`` puts all in their place. ``passing``
    is the pattern of the pages that show persons for some days only: these never wait.
    """

    address: str
    endpoint: str
    passing: str

    def __call__(self, site: Path, slug: str) -> int:
        """Bring what the bucket's own manifest of the village does not name; return how many objects.

        Raises SetupError where the bucket cannot be written to, and where a file is not as its manifest says.
        """
        bucket = _bucket_at(self.address, self.endpoint)
        headers, path = Headers.of(self.passing), f"{slug}/{MANIFEST}"
        try:
            content = (site / path).read_bytes()
            digests = read_manifest(content).files
        except (OSError, ManifestError) as error:
            raise SetupError(_("没有生成好的网站，请先运行 cunwu build"), file=path) from error
        published = bucket.read(path)
        if published == content:
            return 0
        known = _known(published)
        new = {key: digest for key, digest in digests.items() if known.get(key) != digest}
        new[path] = hashlib.sha256(content).hexdigest()
        whole = (
            Object(key, site / key, digest, headers.kind(key), headers.caching(key), is_packed=False)
            for key, digest in new.items()
        )
        waiting = [one for one in whole if not one.is_passing]
        with ThreadPoolExecutor(_HANDS) as hands:
            try:
                return sum(1 for _size in hands.map(lambda one: _bring(bucket, one), waiting))
            except SetupError:
                hands.shutdown(cancel_futures=True)
                raise


@cache
def _bucket_at(address: str, endpoint: str) -> Bucket:
    """Return the bucket, whose client takes longer to make than a village's objects to be named."""
    return Bucket(address, endpoint)


def _bring(bucket: Bucket, whole: Object) -> int:
    content = whole.content()
    packed = gzip_copy(whole.key, content) if is_put_packed(whole.key) else None
    one = whole if packed is None else replace(whole, is_packed=True)
    return put_object(bucket, one, staged_key(one), content if packed is None else packed)


def _known(content: bytes | None) -> dict[str, str]:
    try:
        return read_manifest(content).files if content is not None else {}
    except ManifestError:
        return {}
