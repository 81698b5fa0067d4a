// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/progress_row.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include "model/items/format.h"
#include "ui/theme/fonts.h"

namespace plumbline {

using namespace Qt::StringLiterals;

QString progressText(const Progress& progress, std::chrono::duration<double> elapsed)
{
    QStringList parts;
    if (progress.total > 0)
        parts += u"%1%"_s.arg(progress.done * 100 / progress.total);
    // The first moments say nothing about the rate.
    constexpr double telling = 0.5;
    if (elapsed.count() > telling && progress.done > 0) {
        const double rate = static_cast<double>(progress.done) / elapsed.count();
        parts += ProgressRow::tr("%1/s").arg(format::bytes(static_cast<std::uint64_t>(rate)));
        if (progress.total > progress.done) {
            const double left = static_cast<double>(progress.total - progress.done) / rate;
            parts += ProgressRow::tr("%1 left").arg(
                format::duration(static_cast<std::int64_t>(std::max(1.0, left)) * 1'000'000));
        }
    }
    if (progress.records > 0)
        parts += ProgressRow::tr("%1 records").arg(format::count(static_cast<std::int64_t>(progress.records)));
    return parts.join(u" · "_s);
}

ProgressRow::ProgressRow(QWidget* parent)
    : QWidget(parent)
    , m_what(new QLabel(this))
    , m_bar(new QProgressBar(this))
    , m_state(new QLabel(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
{
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(10);
    line->addWidget(m_what);
    line->addWidget(m_bar, 1);
    line->addWidget(m_state);
    line->addWidget(m_cancel);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress"));
    m_what->setForegroundRole(QPalette::PlaceholderText);
    m_state->setForegroundRole(QPalette::PlaceholderText);
    m_state->setFont(fonts::text());
    m_cancel->setAutoDefault(false);
    end({});
    connect(m_cancel, &QPushButton::clicked, this, &ProgressRow::cancelRequested);
}

void ProgressRow::begin(const QString& what)
{
    m_begun = std::chrono::steady_clock::now();
    m_what->setText(what);
    m_bar->setRange(0, 0);
    m_state->clear();
    for (QWidget* shown : {static_cast<QWidget*>(m_what), static_cast<QWidget*>(m_bar), static_cast<QWidget*>(m_state),
                           static_cast<QWidget*>(m_cancel)})
        shown->show();
}

void ProgressRow::setProgress(const Progress& progress)
{
    m_what->setText(toQt(progress.what));
    constexpr int whole = 1000;
    m_bar->setRange(0, progress.total > 0 ? whole : 0);
    if (progress.total > 0)
        m_bar->setValue(
            static_cast<int>(static_cast<double>(progress.done) / static_cast<double>(progress.total) * whole));
    m_state->setText(progressText(progress, elapsed()));
}

void ProgressRow::end(const QString& outcome)
{
    m_what->setText(outcome);
    m_what->setVisible(!outcome.isEmpty());
    m_bar->hide();
    m_state->hide();
    m_cancel->hide();
}

} // namespace plumbline
