"""The demo's people who can be signed in as, one or more per role. All are fictional; the password is the same."""

PASSWORD = "liangxing"

# user name, name, what they are in the demo
ACCOUNTS = [
    ("staff", "室晓岚", "项目专员：申请审核、录取、学员"),
    ("director", "星启明", "项目负责人：结业签字、授权"),
    ("host", "轸怀远", "主办单位代表：第二个签字"),
    ("scorer", "张衡之", "申请评分人"),
    ("instructor", "井鉴秋", "讲师：编写课时、批改作业"),
    ("reviewer", "翼明德", "审稿讲师：审核并发布课时"),
    ("supervisor", "危如山", "督导：批阅个案记录、确认时数"),
    ("reader", "柳清和", "民政读者"),
    ("learner", "翼晓棠", "学员：第 2 期个案服务者，有一份退回的记录"),
    ("yifan", "亢一凡", "学员：第 2 期儿童引导师，测验正做到一半"),
    ("mingyue", "箕明月", "学员：第 2 期家长引导师，刚开始"),
    ("nanxing", "斗南星", "学员：第 1 期个案服务者，记录退回两次"),
    ("xiaoyu", "角小雨", "结业学员：第 1 期，有证书"),
    ("changgeng", "参长庚", "结业学员：证书因姓名错误已更换"),
    ("zhixia", "房知夏", "申请人：报了三个方向"),
    ("ruogu", "虚若谷", "申请人：要补充材料"),
    ("xiaoxi", "牛小溪", "申请人：第 2 期名额已满，未录取"),
    ("newcomer", "昴一苇", "申请人：草稿还没有提交"),
    ("admin", "系统管理员", "超级用户：Wagtail 后台全部权限"),
]


def listed():
    """The accounts as rows for a table or JSON."""
    return [
        {"username": username, "password": PASSWORD, "name": name, "role": role} for username, name, role in ACCOUNTS
    ]
