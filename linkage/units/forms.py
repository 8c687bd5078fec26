"""What people type about themselves, their colleagues and their unit."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.timezone import localdate

from . import accounts
from .models import Post, Unit, User
from .models.user import account_name

RULES = "至少 12 个字符，不能全是数字，不能是常见密码，不能与账号、邮箱相近"


def password_field(label: str, missing: str, autocomplete: str, hint: str = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(
        label=label, help_text=hint, strip=False, widget=widget, error_messages={"required": missing}
    )


class SignInForm(LoginForm):
    """Account and password; the adapter counts the tries and answers."""

    password = password_field("密码", "填写密码。", "current-password")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label="账号",
            help_text="单位统一分配的账号，一般为姓名全拼",
            max_length=150,
            error_messages={"required": "填写账号。"},
            widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        )
        self.order_fields(["login", "password"])

    def clean_login(self):
        return account_name(self.cleaned_data["login"])


class PasswordForm(forms.Form):
    """A new password for oneself; field names as in allauth."""

    oldpassword = password_field("当前密码", "填写当前密码。", "current-password")
    password1 = password_field("新密码", "填写新密码。", "new-password", RULES)
    password2 = password_field("再填一次新密码", "再填一次新密码。", "new-password")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_oldpassword(self):
        password = self.cleaned_data["oldpassword"]
        if not self.user.check_password(password):
            raise ValidationError("当前密码不正确，请重新填写。")
        return password

    def clean_password1(self):
        password = self.cleaned_data["password1"]
        if self.user.check_password(password):
            raise ValidationError("新密码不能与当前密码（或初始密码）相同。")
        return get_adapter().clean_password(password, self.user)

    def clean(self):
        new, again = self.cleaned_data.get("password1"), self.cleaned_data.get("password2")
        if new and again and new != again:
            self.add_error("password2", "两次填写的新密码不一致。")
        return self.cleaned_data


class OwnFields(forms.ModelForm):
    """Saves the fields it shows and no other, so that it undoes nobody's change of the rest of the row."""

    def save(self, commit=True):
        if commit:
            self.instance.save(update_fields=self.Meta.fields)
        return self.instance


class MyAccountForm(OwnFields):
    """What a person may change about himself."""

    class Meta:
        model = User
        fields = ["email", "phone", "dark"]
        help_texts = {
            "email": "接收到期提醒、催办通知",
            "phone": "接收短信提醒，11 位手机号",
            "dark": "只影响您自己看到的界面",
        }


class PersonForm(forms.ModelForm):
    """A person of the unit's own, as the administrator may change him."""

    marks = {"email": "选填", "phone": "选填"}

    class Meta:
        model = User
        fields = ["name", "email", "phone"]
        error_messages = {"name": {"required": "填写姓名。"}}


class NewPersonForm(PersonForm):
    """A new person; the account may be left to the portal."""

    marks = {**PersonForm.marks, "username": "选填"}

    class Meta(PersonForm.Meta):
        fields = ["name", "username", "email", "phone"]
        help_texts = {"username": "留空则按姓名全拼自动生成，重名时在后面加数字"}
        widgets = {
            "name": forms.TextInput(
                attrs={"hx-get": reverse_lazy("unit_user_account"), "hx-trigger": "change", "hx-target": "#account"}
            ),
            "username": forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].required = False

    def clean_username(self):
        return account_name(self.cleaned_data["username"]) or accounts.proposed(self.cleaned_data.get("name", ""))


class ExistingPersonForm(forms.Form):
    """A person who has an account from another unit; found only by account and name together."""

    username = forms.CharField(label="账号", max_length=40, help_text="请向本人核对，须完全一致")
    name = forms.CharField(label="姓名", max_length=40)

    def __init__(self, *args, unit, **kwargs):
        super().__init__(*args, **kwargs)
        self.unit = unit

    def clean(self):
        username, name = account_name(self.cleaned_data.get("username")), self.cleaned_data.get("name")
        if not self.errors:
            self.user = User.objects.filter(username=username, name=name, is_active=True).first()
            self.check()
        return self.cleaned_data

    def check(self):
        if self.user is None:
            raise ValidationError("没有账号和姓名都相符、正在使用的人员，请向本人核对。")
        if Post.objects.current().filter(user=self.user, unit=self.unit).exists():
            raise ValidationError("这个人已经是本单位用户，请在名单中直接调整他的岗位。")


class PostsForm(forms.Form):
    """The posts a person holds in one unit: one line for each role."""

    handler = forms.BooleanField(label="经办人", required=False)
    handler_ab = forms.ChoiceField(label="A/B 岗", choices=Post.Turn, required=False)
    handler_title = forms.CharField(label="经办人的职务", max_length=40, required=False)
    leader = forms.BooleanField(label="签发人", required=False)
    leader_title = forms.CharField(label="签发人的职务", max_length=40, required=False)
    admin = forms.BooleanField(label="单位管理员", required=False)
    admin_title = forms.CharField(label="单位管理员的职务", max_length=40, required=False)

    DUTIES = {
        Post.Role.HANDLER: "登记、拟稿、送审签、回复；A 岗不在时由 B 岗办理",
        Post.Role.LEADER: "签署或者退回送审的文书",
        Post.Role.ADMIN: "办理本单位的账号、岗位和设置",
    }

    def __init__(self, *args, posts=(), needed: bool = True, **kwargs):
        super().__init__(*args, initial=self.written(posts), **kwargs)
        self.needed = needed

    @staticmethod
    def written(posts) -> dict:
        """The posts held now, as the form shows them."""
        initial: dict[str, bool | str] = {}
        for post in posts:
            initial |= {post.role: True, f"{post.role}_title": post.title, f"{post.role}_ab": post.ab}
        return initial

    def clean(self):
        if self.needed and not any(self.cleaned_data.get(role) for role in Post.Role.values):
            self.add_error("handler", "至少选一个岗位。")
        return self.cleaned_data

    def lines(self):
        """One line for each role, for the template: what it does, its title, and the turn of a handler."""
        for role in Post.Role:
            turn = self[f"{role}_ab"] if role == Post.Role.HANDLER else None
            yield {"held": self[role], "duty": self.DUTIES[role], "turn": turn, "title": self[f"{role}_title"]}

    def holdings(self) -> list[accounts.Holding]:
        """The posts chosen."""
        data = self.cleaned_data
        return [
            accounts.Holding(role, data.get(f"{role}_ab") or Post.Turn.A, data[f"{role}_title"])
            for role in Post.Role.values
            if data[role]
        ]


class Explained(forms.RadioSelect):
    """Radio buttons that say on a second line what follows from each choice."""

    def __init__(self, consequences: dict[str, str]):
        super().__init__()
        self.consequences = consequences

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        return option | {"small": self.consequences.get(str(value), "")}


class UnitForm(OwnFields):
    """How a unit signs, numbers and is served (offices.md 4, 6)."""

    class Meta:
        model = Unit
        fields = ["signing", "numbering", "online_service_since", "phone"]
        widgets = {
            "signing": Explained(
                {
                    Unit.Signing.ONLINE: "经办人送审签，签发人登录平台签署或者退回",
                    Unit.Signing.OFFLINE: "签发人不登录平台；经办人填写签发人和日期，上传签过字的发文稿纸，记录写明由谁代录",
                }
            ),
            "numbering": Explained(
                {
                    Unit.Numbering.SERIES: "签发时由平台按年度连续编号，不重号、不跳号",
                    Unit.Numbering.REGISTER: "按本单位登记簿填写号码，重复的号码不能提交",
                }
            ),
            "online_service_since": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        }
        help_texts = {
            "online_service_since": (
                "本单位向对方书面同意线上送达的日期。双方都已同意的，文书线上到达之日就是送达之日，期限从次日起算；"
                "没有同意的留空，以送达回证记载的日期为准。修改不影响已经送达的文书。"
            ),
            "phone": "印在文书附注里的联系电话，如 0774-8210000",
        }

    def clean_online_service_since(self):
        day = self.cleaned_data["online_service_since"]
        if day and day > localdate():
            raise ValidationError("书面同意的日期不能晚于今天。")
        return day
