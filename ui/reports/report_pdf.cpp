// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/report_pdf.h"

#include <QBuffer>
#include <QHashSeed>
#include <QPainter>
#include <QPdfWriter>

#include "ui/reports/page_painter.h"
#include "ui/reports/pdf_finish.h"

namespace plumbline {

namespace {

constexpr int dotsPerInch = 1200;

} // namespace

struct ReportPdf::State
{
    State(const Report& of, ReportLayout laidOut) : report(of), layout(std::move(laidOut))
    {
        // Qt walks its tables of fonts in the order of a hash: without this, names within the file would differ.
        QHashSeed::setDeterministicGlobalSeed();
        buffer.open(QIODevice::WriteOnly);
        writer = std::make_unique<QPdfWriter>(&buffer);
        writer->setResolution(dotsPerInch);
        writer->setPageSize(
            QPageSize(layout.size / pageUnitsPerInch, QPageSize::Inch, QString(), QPageSize::ExactMatch));
        writer->setPageMargins(QMarginsF());
    }
    ~State()
    {
        painter.reset();
        QHashSeed::resetRandomGlobalSeed();
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    Report report;
    ReportLayout layout;
    QBuffer buffer;
    std::unique_ptr<QPdfWriter> writer;
    std::unique_ptr<PlotPainter> painter;
    std::size_t painted = 0;
};

ReportPdf::ReportPdf(const Report& report, ReportLayout layout)
    : m_state(std::make_unique<State>(report, std::move(layout)))
{
}

ReportPdf::~ReportPdf() = default;

std::size_t ReportPdf::pageCount() const
{
    return m_state->layout.pages.size();
}

bool ReportPdf::paintNext()
{
    State& state = *m_state;
    if (state.painted == state.layout.pages.size())
        return false;
    if (!state.painter) {
        state.painter = std::make_unique<PlotPainter>(*state.writer);
        state.painter->painter().scale(dotsPerInch / pageUnitsPerInch, dotsPerInch / pageUnitsPerInch);
    } else {
        state.writer->newPage();
    }
    paintPage(*state.painter, state.layout.pages[state.painted++]);
    return true;
}

QByteArray ReportPdf::painted()
{
    while (paintNext())
        ;
    m_state->painter.reset(); // ends the document
    return m_state->buffer.data();
}

Result<QByteArray> pdfOf(const Report& report)
{
    const ReportLayout layout = layOut(report);
    return finishedPdf(ReportPdf(report, layout).painted(), report, layout);
}

} // namespace plumbline
