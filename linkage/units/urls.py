"""Sign-in, the own account, the unit and its users."""

from django.urls import path

from . import accounts
from .views import account, signin, unit, users

urlpatterns = [
    path("login/", signin.SignIn.as_view(), name="account_login"),
    path("logout/", signin.SignOut.as_view(), name="account_logout"),
    path("account/", account.MyAccount.as_view(), name="account"),
    path("account/password/", signin.ChangePassword.as_view(), name="account_change_password"),
    path("account/unit/", account.SwitchUnit.as_view(), name="switch_unit"),
    path("unit/", unit.UnitSettings.as_view(), name="unit"),
    path("unit/users/", users.UnitUsers.as_view(), name="unit_users"),
    path("unit/users/new/", users.NewUser.as_view(), name="unit_user_new"),
    path("unit/users/join/", users.JoinUser.as_view(), name="unit_user_join"),
    path("unit/users/account/", users.ProposedAccount.as_view(), name="unit_user_account"),
    path("unit/users/<int:pk>/", users.UserPage.as_view(), name="unit_user"),
    path("unit/users/<int:pk>/password/", users.Handover.as_view(), name="unit_user_password"),
    path("unit/users/<int:pk>/reset/", users.ResetPassword.as_view(), name="unit_user_reset"),
    path(
        "unit/users/<int:pk>/disable/",
        users.UserVerb.as_view(verb=accounts.disable, done="{}的账号已停用，他的登录已退出。"),
        name="unit_user_disable",
    ),
    path(
        "unit/users/<int:pk>/enable/",
        users.UserVerb.as_view(verb=accounts.enable, done="{}的账号已启用，使用原来的密码登录。"),
        name="unit_user_enable",
    ),
]
