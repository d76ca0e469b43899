"""Chinese, with a space between figures and characters, as our own filters write it."""

DATE_FORMAT = "Y 年 n 月 j 日"
DATETIME_FORMAT = "Y 年 n 月 j 日 H:i"
TIME_FORMAT = "H:i"
MONTH_DAY_FORMAT = "n 月 j 日"
YEAR_MONTH_FORMAT = "Y 年 n 月"
FIRST_DAY_OF_WEEK = 1
