// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/pdf_finish.h"

#include <QDateTime>

#include <exception>
#include <memory>

#define POINTERHOLDER_TRANSITION 4
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include "model/items/format.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

QPDFObjectHandle textOf(const QString& text)
{
    return QPDFObjectHandle::newUnicodeString(fromQt(text));
}

/// PDF 32000-1, 12.3.3: a list of siblings under one root.
void addBookmarks(QPDF& pdf, const ReportLayout& layout)
{
    if (layout.bookmarks.empty())
        return;
    const std::vector<QPDFPageObjectHelper> pages = QPDFPageDocumentHelper(pdf).getAllPages();
    constexpr double pointsPerInch = 72;
    QPDFObjectHandle root = pdf.makeIndirectObject(QPDFObjectHandle::newDictionary());
    std::vector<QPDFObjectHandle> items;
    for (const ReportBookmark& bookmark : layout.bookmarks) {
        const double top = (layout.size.height() - bookmark.top) / pageUnitsPerInch * pointsPerInch;
        QPDFObjectHandle item = pdf.makeIndirectObject(QPDFObjectHandle::newDictionary());
        item.replaceKey("/Title", textOf(bookmark.title));
        item.replaceKey("/Parent", root);
        item.replaceKey(
            "/Dest", QPDFObjectHandle::newArray({pages.at(bookmark.page).getObjectHandle(),
                                                 QPDFObjectHandle::newName("/XYZ"), QPDFObjectHandle::newInteger(0),
                                                 QPDFObjectHandle::newReal(top, 1), QPDFObjectHandle::newInteger(0)}));
        items.push_back(item);
    }
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0)
            items[i].replaceKey("/Prev", items[i - 1]);
        if (i + 1 < items.size())
            items[i].replaceKey("/Next", items[i + 1]);
    }
    root.replaceKey("/Type", QPDFObjectHandle::newName("/Outlines"));
    root.replaceKey("/First", items.front());
    root.replaceKey("/Last", items.back());
    root.replaceKey("/Count", QPDFObjectHandle::newInteger(static_cast<long long>(items.size())));
    pdf.getRoot().replaceKey("/Outlines", root);
    pdf.getRoot().replaceKey("/PageMode", QPDFObjectHandle::newName("/UseOutlines"));
}

void addMetadata(QPDF& pdf, const Report& report)
{
    QPDFObjectHandle info = pdf.makeIndirectObject(QPDFObjectHandle::newDictionary());
    const QString date = QDateTime::fromSecsSinceEpoch(report.madeFor, Qt::UTC).toString(u"'D:'yyyyMMddHHmmss'Z'"_s);
    info.replaceKey("/Title",
                    textOf(report.company.isEmpty() ? report.title : report.company + u" · "_s + report.title));
    info.replaceKey("/Subject", textOf(report.status + u" · "_s + report.currency));
    info.replaceKey("/Keywords", textOf(report.fingerprint));
    info.replaceKey("/Creator", textOf(u"Plumbline"_s));
    info.replaceKey("/CreationDate", QPDFObjectHandle::newString(fromQt(date)));
    pdf.getTrailer().replaceKey("/Info", info);
    QPDFObjectHandle root = pdf.getRoot();
    root.replaceKey("/Lang", textOf(report.language));
    root.removeKey("/Metadata"); // XMP that names the time
}

} // namespace

Result<QByteArray> finishedPdf(const QByteArray& painted, const Report& report, const ReportLayout& layout)
{
    // The one library of the house that throws: nothing of it leaves this function.
    try {
        QPDF pdf;
        pdf.processMemoryFile("report.pdf", painted.constData(), static_cast<std::size_t>(painted.size()));
        addBookmarks(pdf, layout);
        addMetadata(pdf, report);
        QPDFWriter writer(pdf);
        writer.setOutputMemory();
        writer.setDeterministicID(true);
        writer.setObjectStreamMode(qpdf_o_generate);
        writer.setCompressStreams(true);
        writer.write();
        const std::shared_ptr<Buffer> bytes = writer.getBufferSharedPointer();
        return QByteArray(reinterpret_cast<const char*>(bytes->getBuffer()), static_cast<qsizetype>(bytes->getSize()));
    } catch (const std::exception& error) {
        return fail(ErrorKind::Malformed, std::string("the report could not be written as PDF: ") + error.what());
    }
}

} // namespace plumbline
