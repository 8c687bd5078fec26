"""A creating request that comes twice creates once: the second gets the answer of the first.

The key is written first in the transaction that creates, so that of two at the same moment one waits for the other.
A refused request keeps no key: it may be mended and sent again under the same one.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from rest_framework.response import Response

from linkage.matters.canonical import canonical, digest
from linkage.matters.refusals import OutOfOrder, Refused

from .models import ApiToken, IdempotencyKey
from .posting import BadRequest, Invalid, posted

KEY = re.compile(r"[\x21-\x7e]{1,128}")
NO_KEY = "请求头缺少 Idempotency-Key，或者写法不对：1 至 128 个字母、数字或符号，每次登记用一个新的，重发时不变。"
OTHER_CONTENT = "这个 Idempotency-Key 已经用于另一份内容。新的登记请换一个；重发时内容不能改动。"


@dataclass(frozen=True)
class Claim:
    """A key of a token with the digest of what was sent under it."""

    token: ApiToken
    key: str
    digest: str

    def kept(self) -> Response | None:
        """The answer given before; refused where the key came with another content then."""
        row = IdempotencyKey.objects.filter(token=self.token, key=self.key).first()
        if row is None:
            return None
        if row.digest != self.digest:
            raise OutOfOrder(OTHER_CONTENT)
        return answered(row, again=True)

    def settle(self, perform: Callable[[], dict]) -> Response:
        """Claim the key, perform and keep the answer, all or nothing."""
        with transaction.atomic():
            row = IdempotencyKey.objects.create(token=self.token, key=self.key, digest=self.digest)
            row.answer = perform()
            row.save(update_fields=["answer"])
        return answered(row)


def once(request, prepare: Callable[[], Any], perform: Callable[[Any], dict]) -> Response:
    """Answer 201 with what `perform` gives for the input that `prepare` has validated, or as it was answered before."""
    claim = claim_of(request)
    answer = claim.kept()
    if answer:
        return answer
    try:
        prepared = prepare()
        return claim.settle(lambda: perform(prepared))
    except (Invalid, Refused, IntegrityError) as error:
        answer = claim.kept()  # the same request may have been faster by another way
        if answer:
            return answer
        if not isinstance(error, Invalid):
            prepare()  # says at its field what another request has taken meanwhile
        raise


def claim_of(request) -> Claim:
    key = request.headers.get("Idempotency-Key", "")
    if not KEY.fullmatch(key):
        raise BadRequest(NO_KEY)
    return Claim(request.auth, key, digest_of(request))


def digest_of(request) -> str:
    """sha256 of the address, the fields and the contents of the files; the boundary of the parts does not count."""
    data, files = posted(request)
    contents = {name: [sha256_of(upload) for upload in files.getlist(name)] for name in files}
    return digest(canonical({"path": request.path, "fields": dict(data.lists()), "files": contents}))


def sha256_of(upload) -> str:
    total = hashlib.sha256()
    for chunk in upload.chunks():
        total.update(chunk)
    upload.seek(0)
    return total.hexdigest()


def answered(row: IdempotencyKey, *, again: bool = False) -> Response:
    headers = {"Location": row.answer["url"]} | ({"Idempotent-Replayed": "true"} if again else {})
    return Response(row.answer, status=row.status, headers=headers)
