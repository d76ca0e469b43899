"""How allauth reads and writes our User's mobile number."""

from allauth.account.adapter import DefaultAccountAdapter

from lms.people.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Phone numbers live on the user. No SMS channel is installed, so no code is ever sent."""

    def get_phone(self, user):
        return (user.phone, user.phone_verified) if user.phone else None

    def set_phone(self, user, phone, verified):
        user.phone, user.phone_verified = phone, verified
        user.save(update_fields=["phone", "phone_verified"])

    def set_phone_verified(self, user, phone):
        self.set_phone(user, phone, True)

    def get_user_by_phone(self, phone):
        return User.objects.filter(phone=phone).first()

    def send_verification_code_sms(self, user, phone, code, **kwargs):
        raise NotImplementedError("No SMS channel is configured.")

    def send_unknown_account_sms(self, phone, **kwargs):
        raise NotImplementedError("No SMS channel is configured.")
