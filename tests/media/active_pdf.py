"""PDFs that would do something: every kind of thing that runs, loads, sends or embeds.

They are made by the library that we clean with. ``HARMFUL``: {what: function(pdf, page)} plants one of them; ``ACTIVE``
are the names that must stand nowhere afterwards.
"""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from tests.media.files import SECRET

NAMES = """
    JavaScript JS Launch GoToR GoToE SubmitForm ImportData ResetForm Rendition RichMedia RichMediaContent Movie Sound
    Hide SetOCGState Trans Thread GoTo3DView 3D 3DD FileAttachment EmbeddedFile EmbeddedFiles EF Filespec XFA AA
    OpenAction AF Collection Screen PS URLS Ref
"""
ACTIVE = {f"/{name}" for name in NAMES.split()}


def script(text=f"app.alert('{SECRET}')"):
    return Dictionary(S=Name.JavaScript, JS=text)


def link(action, **more):
    return Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action, **more)


def note(kind, **more):
    return Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=[0, 0, 9, 9], **more)


def embedded(pdf):
    data = pdf.make_indirect(Stream(pdf, SECRET.encode(), Type=Name.EmbeddedFile))
    return Dictionary(Type=Name.Filespec, F="list.txt", UF="list.txt", EF=Dictionary(F=data))


def to_place(page, **more):
    return Dictionary(S=Name.GoTo, D=Array([page.obj, Name.Fit]), **more)


def elsewhere(kind, **more):
    return Dictionary(S=Name(f"/{kind}"), F=f"//server/{SECRET}", **more)


def _annotate(pdf, page, annotation):
    page.obj["/Annots"] = Array([*page.obj.get("/Annots", Array()), pdf.make_indirect(annotation)])


def _field(pdf, page, **fields):
    widget = note("Widget", FT=Name.Tx, T="name", V="孩子A", **fields)
    _annotate(pdf, page, widget)
    pdf.Root["/AcroForm"] = Dictionary(Fields=Array([page.obj["/Annots"][-1]]))


def _on_a_link(make):
    return lambda pdf, page: _annotate(pdf, page, link(make(pdf, page)))


def _as_note(kind, **fields):
    def plant(pdf, page):
        _annotate(pdf, page, note(kind, **{key: make(pdf) for key, make in fields.items()}))

    return plant


def _chain(pdf, page):
    """A link to a page, then another, then a list of two, the second of which runs."""
    last = pdf.make_indirect(Array([to_place(page), script()]))
    _annotate(pdf, page, link(to_place(page, Next=pdf.make_indirect(to_place(page, Next=last)))))


def _chain_of_addresses(pdf, page):
    _annotate(pdf, page, link(Dictionary(S=Name.URI, URI="https://example.org", Next=elsewhere("Launch"))))


def _outline(pdf, page):
    first = pdf.make_indirect(Dictionary(Title="1", A=script()))
    second = pdf.make_indirect(Dictionary(Title="2", A=to_place(page, Next=script()), Prev=first))
    first["/Next"] = second
    pdf.Root["/Outlines"] = pdf.make_indirect(Dictionary(Type=Name.Outlines, First=first, Last=second, Count=2))


def _names(key, value):
    def plant(pdf, page):
        pdf.Root["/Names"] = Dictionary({f"/{key}": Dictionary(Names=Array(["x", value(pdf)]))})

    return plant


def _on(where, key, make):
    def plant(pdf, page):
        owner = pdf.Root if where == "document" else page.obj
        owner[f"/{key}"] = make(pdf, page)

    return plant


def _deep_inside(pdf, page):
    """Direct arrays in arrays, deeper than anything real, and at the bottom what runs."""
    inner = link(script())
    for _level in range(200):
        inner = Array([inner])
    page.obj["/Group"] = Dictionary(S=Name.Transparency, Deep=inner)


def _xfa(pdf, page):
    _field(pdf, page)
    pdf.Root["/AcroForm"]["/XFA"] = Array(["template", pdf.make_indirect(Stream(pdf, f"<x>{SECRET}</x>".encode()))])


def _still_referred_to(pdf, page):
    """A file attached by a note that the tags of the document still point to."""
    attached = pdf.make_indirect(note("FileAttachment", FS=embedded(pdf)))
    page.obj["/Annots"] = Array([attached])
    element = pdf.make_indirect(Dictionary(S=Name.Annot, K=Dictionary(Type=Name.OBJR, Obj=attached)))
    pdf.Root["/StructTreeRoot"] = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=element))


def _from_another_file(pdf, page):
    form = Stream(pdf, b"", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    form["/Ref"] = Dictionary(F=Dictionary(Type=Name.Filespec, F=f"//server/{SECRET}"), Page=0)
    page.obj["/Resources"] = Dictionary(XObject=Dictionary(Fm0=pdf.make_indirect(form)))


def _postscript(pdf, page):
    program = Stream(pdf, f"({SECRET}) run".encode(), Type=Name.XObject, Subtype=Name.PS)
    page.obj["/Resources"] = Dictionary(XObject=Dictionary(Ps0=pdf.make_indirect(program)))


def _bytes_outside(pdf, page):
    outside = Stream(pdf, b"")
    outside["/F"] = Dictionary(Type=Name.Filespec, F=f"//server/{SECRET}")
    page.obj["/Contents"] = pdf.make_indirect(outside)


def _signed(pdf, page):
    widget = note("Widget", FT=Name.Sig, T="sig", V=Dictionary(Type=Name.Sig, Name=SECRET, Contents=SECRET))
    _annotate(pdf, page, widget)
    pdf.Root["/AcroForm"] = Dictionary(Fields=Array([page.obj["/Annots"][-1]]), SigFlags=3)


def _in_the_trailer(pdf, page):
    pdf.trailer["/Extra"] = pdf.make_indirect(Dictionary(Text=SECRET, A=script()))


HARMFUL = {
    "script when opened": _on("document", "OpenAction", lambda pdf, page: script()),
    "script when closed": _on("document", "AA", lambda pdf, page: Dictionary(WC=script())),
    "script of the page": _on("page", "AA", lambda pdf, page: Dictionary(O=script())),
    "script by name": _names("JavaScript", lambda pdf: script()),
    "script on a link": _on_a_link(lambda pdf, page: script()),
    "script on a field": lambda pdf, page: _field(pdf, page, AA=Dictionary(K=script(), F=script())),
    "script behind two pages": _chain,
    "program behind an address": _chain_of_addresses,
    "script in the table of contents": _outline,
    "script deep inside": _deep_inside,
    "program": _on_a_link(lambda pdf, page: elsewhere("Launch")),
    "another file": _on_a_link(lambda pdf, page: elsewhere("GoToR", D=Array([0, Name.Fit]))),
    "a file inside": _on_a_link(lambda pdf, page: elsewhere("GoToE")),
    "sending a form": _on_a_link(lambda pdf, page: elsewhere("SubmitForm", Flags=4)),
    "emptying a form": _on_a_link(lambda pdf, page: Dictionary(S=Name.ResetForm)),
    "taking data in": _on_a_link(lambda pdf, page: elsewhere("ImportData")),
    "hiding": _on_a_link(lambda pdf, page: Dictionary(S=Name.Hide, T=SECRET)),
    "a film by action": _on_a_link(lambda pdf, page: Dictionary(S=Name.Rendition, JS=SECRET, OP=0)),
    "a kind nobody knows": _on_a_link(lambda pdf, page: Dictionary(S=Name.Future, Data=SECRET)),
    "an action that is a list": _on_a_link(lambda pdf, page: Array([script()])),
    "an address of a script": _on_a_link(lambda pdf, page: Dictionary(S=Name.URI, URI=f"javascript:{SECRET}")),
    "an address of a file": _on_a_link(lambda pdf, page: Dictionary(S=Name.URI, URI=f"file:///{SECRET}")),
    "an address without a kind": _on_a_link(lambda pdf, page: Dictionary(S=Name.URI, URI=f"\\\\server\\{SECRET}")),
    "printing by itself": _on_a_link(lambda pdf, page: Dictionary(S=Name.Named, N=Name.Print, Note=SECRET)),
    "a base for addresses": _on("document", "URI", lambda pdf, page: Dictionary(Base=f"http://{SECRET}")),
    "an attached file": _names("EmbeddedFiles", embedded),
    "an associated file": _on("page", "AF", lambda pdf, page: Array([embedded(pdf)])),
    "a collection": _on("document", "Collection", lambda pdf, page: Dictionary(D=SECRET)),
    "pages from the web": _names("URLS", lambda pdf: Dictionary(S=SECRET)),
    "a file pinned to the page": _as_note("FileAttachment", FS=embedded),
    "a file pinned and tagged": _still_referred_to,
    "rich media": _as_note("RichMedia", RichMediaContent=lambda pdf: Dictionary(Assets=embedded(pdf))),
    "a film": _as_note("Movie", Movie=lambda pdf: Dictionary(F=SECRET)),
    "a sound": _as_note("Sound", Sound=lambda pdf: Stream(pdf, SECRET.encode())),
    "a screen": _as_note("Screen", A=lambda pdf: script()),
    "a body in three dimensions": _as_note("3D", **{"3DD": lambda pdf: Stream(pdf, SECRET.encode())}),
    "a note nobody knows": _as_note("Future", Data=lambda pdf: Dictionary(Text=SECRET)),
    "a form in XML": _xfa,
    "a page of another file": _from_another_file,
    "a program in PostScript": _postscript,
    "contents in another file": _bytes_outside,
    "a signature with a name": _signed,
    "something beside the document": _in_the_trailer,
    "notes of other programs": _on("page", "PieceInfo", lambda pdf, page: Dictionary(App=Dictionary(Private=SECRET))),
    "keys nobody knows": _on("document", "Future", lambda pdf, page: Dictionary(Text=SECRET)),
}


def with_(what):
    """The bytes of a PDF of one page with one of ``HARMFUL`` in it."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    HARMFUL[what](pdf, pdf.pages[0])
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()


def content(body):
    """(every name that is a key or a value, everything else as bytes) of a PDF, streams unpacked."""
    names, rest = set(), []
    with pikepdf.open(io.BytesIO(body)) as pdf:
        for item in [pdf.trailer, *pdf.objects]:
            _gather(item, names, rest)
    return names, b"\n".join(rest)


def _gather(item, names, rest):
    if isinstance(item, Name):
        names.add(str(item))
    elif isinstance(item, Array):
        for part in item:
            part_is_far = getattr(part, "is_indirect", False)
            part_is_far or _gather(part, names, rest)
    elif isinstance(item, Dictionary | Stream):
        for key, part in item.items():
            names.add(key)
            getattr(part, "is_indirect", False) or _gather(part, names, rest)
        if isinstance(item, Stream):
            rest.append(item.read_bytes())
    elif isinstance(item, pikepdf.String):
        rest += [bytes(item), str(item).encode()]
