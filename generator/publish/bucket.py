"""The door to object storage: an S3-compatible bucket (OSS, COS, MinIO), and what it says in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from generator.model.finding import SetupError
from generator.publish.objects import STAGED, Object
from generator.wording import _

_CONNECT, _READ, _ATTEMPTS = 10, 60, 5
# So many requests are under way at a time.
HANDS = 16
_AT_ONCE = 1000
# What the client says of a service that takes no connection, or no longer answers on one.
_SILENT = ("ConnectTimeoutError", "ReadTimeoutError", "ConnectionClosedError")


class Bucket:
    """The bucket of an address "s3://name/prefix"; who may write there is said by the environment.

    ``endpoint`` is the address of the service where it is not Amazon's. What is not answered for
    ``patience`` seconds is asked again, ``attempts`` times in all. Raises SetupError for an address that
    names no bucket, and where the client is not installed.
    """

    def __init__(
        self, address: str, endpoint: str = "", *, attempts: int = _ATTEMPTS, patience: float = _READ
    ) -> None:
        parts = urlsplit(address)
        if parts.scheme != "s3" or not parts.netloc or parts.query or parts.fragment:
            raise SetupError(
                _("存储桶的地址写成 s3://名字 或 s3://名字/文件夹：{address}").format(address=address)
            )
        try:
            import boto3
            from botocore.config import Config
        except ImportError as error:
            raise SetupError(_("要发布到存储桶，请先安装：pip install 'cunwu[bucket]'")) from error
        self.address = address
        self._attempts = attempts
        self._name = parts.netloc
        self._prefix = f"{parts.path.strip('/')}/" if parts.path.strip("/") else ""
        config = Config(
            connect_timeout=min(_CONNECT, patience),
            read_timeout=patience,
            retries={"mode": "standard", "total_max_attempts": attempts},
            max_pool_connections=HANDS,
            # Services other than Amazon's do not know the newer checksums.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        self._client: Any = boto3.client("s3", endpoint_url=endpoint or None, config=config)

    def require_no_versions(self) -> None:
        """Raise SetupError where the bucket keeps old versions: lists of persons would stay readable."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            answer = self._client.get_bucket_versioning(Bucket=self._name)
        except ClientError as error:
            status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
            # Not every service has the question, nor every key the right to ask it.
            if status in (400, 403, 405, 501) and error.response["Error"]["Code"] != "NoSuchBucket":
                return
            raise self._trouble(error) from error
        except BotoCoreError as error:
            raise self._trouble(error) from error
        if answer.get("Status"):
            raise SetupError(
                _("这个存储桶会保留旧版本，撤下的名单还能被取到：请关掉多版本并清掉旧版本，或者换一个桶"),
                file=self.address,
            )

    def read(self, key: str) -> bytes | None:
        """Return the content of an object, or None where there is none; raises SetupError."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            answer = self._client.get_object(Bucket=self._name, Key=self._prefix + key)
            content: bytes = answer["Body"].read()
        except ClientError as error:
            if error.response["Error"]["Code"] in ("NoSuchKey", "404"):
                return None
            raise self._trouble(error) from error
        except BotoCoreError as error:
            raise self._trouble(error) from error
        return content

    def keys(self, below: str = "") -> list[str]:
        """Return the keys of all objects below the prefix, in order; raises SetupError.

        With ``below`` only those that begin with it.
        """
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self._name, Prefix=self._prefix + below
            )
            found = [entry["Key"] for page in pages for entry in page.get("Contents", ())]
        except (BotoCoreError, ClientError) as error:
            raise self._trouble(error) from error
        return sorted(key.removeprefix(self._prefix) for key in found)

    def put(self, key: str, content: bytes, kind: str, caching: str, encoding: str = "") -> int:
        """Put an object and return how many bytes it has; raises SetupError."""
        from botocore.exceptions import BotoCoreError, ClientError

        more = {"ContentEncoding": encoding} if encoding else {}
        try:
            self._client.put_object(
                Bucket=self._name,
                Key=self._prefix + key,
                Body=content,
                ContentType=kind,
                CacheControl=caching,
                **more,
            )
        except (BotoCoreError, ClientError) as error:
            raise self._trouble(error) from error
        return len(content)

    def copy(self, source: str, key: str) -> None:
        """Put a copy of an object, headers and all, at ``key``, within the service; raises SetupError."""
        from botocore.exceptions import BotoCoreError, ClientError

        place = {"Bucket": self._name, "Key": self._prefix + source}
        try:
            self._client.copy_object(Bucket=self._name, Key=self._prefix + key, CopySource=place)
        except (BotoCoreError, ClientError) as error:
            raise self._trouble(error) from error

    def remove(self, keys: Sequence[str]) -> None:
        """Take objects away; raises SetupError where any of them could not be."""
        from botocore.exceptions import BotoCoreError, ClientError

        for start in range(0, len(keys), _AT_ONCE):
            named = [{"Key": self._prefix + key} for key in keys[start : start + _AT_ONCE]]
            try:
                answer = self._client.delete_objects(
                    Bucket=self._name, Delete={"Objects": named, "Quiet": True}
                )
            except (BotoCoreError, ClientError) as error:
                raise self._trouble(error) from error
            for failed in answer.get("Errors", ()):
                raise SetupError(
                    _("{key} 没有删掉：{problem}").format(key=failed["Key"], problem=failed.get("Code", ""))
                )

    def _trouble(self, error: Any) -> SetupError:
        """Return what went wrong in words: who may not write, no such bucket, or a service that fails."""
        response = getattr(error, "response", None) or {}
        code = str(response.get("Error", {}).get("Code", ""))
        status = response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        if code == "NoSuchBucket":
            problem = _("没有这个存储桶")
        elif status in (401, 403):
            problem = _("没有读写的权限，请检查密钥（AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY）")
        elif type(error).__name__ in _SILENT:
            problem = _(
                "存储服务不回答，等了 {attempts} 次，已经停下；桶里的网页每一页都是完整的。"
                "看看网络和服务的地址，过一会儿再运行一次，会接着传"
            ).format(attempts=self._attempts)
        elif status >= 500:
            problem = _("存储服务出错（{status}），过一会儿再运行一次，会接着传").format(status=status)
        else:
            problem = _("连不上存储服务或者被拒绝（{code}），改好以后再运行一次，会接着传").format(
                code=code or type(error).__name__
            )
        return SetupError(problem, file=self.address)


def staged_key(one: Object) -> str:
    """Return where an object waits until all are put in their place."""
    return f"{STAGED}{one.mark}"


def put_object(bucket: Bucket, one: Object, key: str, content: bytes) -> int:
    """Put ``content``, which is that of ``one``, at ``key``; return its size; raises SetupError."""
    return bucket.put(key, content, one.kind, one.caching, "gzip" if one.is_packed else "")
