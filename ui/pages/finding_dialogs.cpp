// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/finding_dialogs.h"

#include <QCheckBox>
#include <QDateEdit>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include <cmath>

#include "model/analysis/drain.h"
#include "model/items/dates.h"
#include "model/items/drain_tables.h"
#include "model/items/format.h"
#include "ui/widgets/card.h"

namespace plumbline {

using namespace Qt::StringLiterals;

FindingNoteDialog::FindingNoteDialog(const FindingNote& note, const ReportingCalendar& calendar, QWidget* parent)
    : QDialog(parent)
    , m_note(note)
    , m_calendar(calendar)
    , m_reason(new QLineEdit(toQt(note.reason), this))
    , m_everywhere(new QCheckBox(tr("In every feature"), this))
{
    const bool isMute = note.state == FindingNote::State::Muted;
    setWindowTitle(isMute ? tr("Mute a finding") : tr("A finding is fixed"));
    setMinimumWidth(460);
    auto* form = new QFormLayout(this);
    form->addRow(tr("Drain"), new QLabel(drainTitle(note.drain), this));
    if (!note.feature.empty())
        form->addRow(tr("Feature"), new QLabel(toQt(note.feature), this));
    if (!isMute) {
        m_day = new QDateEdit(this);
        m_day->setCalendarPopup(true);
        m_day->setAccessibleName(tr("Fixed from this day on"));
        const Timestamp from = note.fixed.value_or(currentTime());
        m_day->setDate(toQDate(calendar.dayOf(from)));
        form->addRow(tr("Fixed from this day on"), m_day);
    }
    m_reason->setAccessibleName(isMute ? tr("Reason") : tr("What was done"));
    m_reason->setPlaceholderText(isMute ? tr("why this is no waste, or not worth it") : tr("what was done"));
    form->addRow(isMute ? tr("Reason") : tr("What was done"), m_reason);
    m_everywhere->setChecked(note.feature.empty());
    m_everywhere->setEnabled(!note.feature.empty());
    form->addRow({}, m_everywhere);
    QLabel* says = quietLabel(isMute ? tr("It is hidden, and its money stays in the sums.")
                                     : tr("What drains before that day and since then is compared by month."),
                              this);
    says->setWordWrap(true);
    form->addRow(says);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    const auto check = [this, buttons, isMute] {
        buttons->button(QDialogButtonBox::Ok)->setEnabled(!isMute || !m_reason->text().trimmed().isEmpty());
    };
    connect(m_reason, &QLineEdit::textChanged, this, check);
    check();
}

FindingNote FindingNoteDialog::note() const
{
    FindingNote note = m_note;
    note.reason = fromQt(m_reason->text().trimmed());
    if (m_everywhere->isChecked())
        note.feature.clear();
    if (m_day)
        note.fixed = m_calendar.startOfDay(dayNumber(m_day->date()));
    return note;
}

ThresholdsDialog::ThresholdsDialog(const Queries& queries, const std::string& drain,
                                   std::map<std::string, double> known, QWidget* parent)
    : QDialog(parent), m_queries(queries), m_effect(new QLabel(this)), m_known(std::move(known))
{
    setWindowTitle(tr("Thresholds · %1").arg(drainTitle(drain)));
    setMinimumWidth(460);
    auto* form = new QFormLayout(this);
    const Drain& of = *drainOf(drain);
    for (const DrainThreshold& threshold : of.thresholds) {
        const std::string name = drain + "." + std::string(threshold.id);
        auto* field = new QDoubleSpinBox(this);
        // Shares want digits behind the point, counts none.
        const bool isFine = threshold.most <= 10 || threshold.value != std::floor(threshold.value);
        field->setDecimals(isFine ? 3 : 0);
        field->setRange(threshold.least, threshold.most);
        field->setSingleStep(isFine ? (threshold.most - threshold.least) / 100 : 1);
        const auto set = m_known.find(name);
        field->setValue(set == m_known.end() ? threshold.value : set->second);
        field->setSuffix(u' ' + drainText(std::string(threshold.unit).c_str()));
        field->setAccessibleName(drainText(threshold.title));
        field->setToolTip(tr("%1 unless changed").arg(threshold.value));
        form->addRow(drainText(threshold.title), field);
        m_fields.emplace(name, field);
    }
    QLabel* says = quietLabel(m_fields.empty() ? tr("This drain is decided by no number.")
                                               : tr("All calls are looked at anew with these."),
                              this);
    says->setWordWrap(true);
    form->addRow(says);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_effect->setWordWrap(true);
    m_effect->setTextFormat(Qt::PlainText);
    m_effect->setAccessibleName(tr("Effect"));
    form->addRow(m_effect);
    QPushButton* show = buttons->addButton(tr("Preview"), QDialogButtonBox::ActionRole);
    show->setEnabled(!m_fields.empty());
    connect(show, &QPushButton::clicked, this, &ThresholdsDialog::preview);
    connect(&m_job, &JobRunner::progressed, this, [this](const Progress& progress) {
        m_effect->setText(tr("Looking at the calls · %1 of %2").arg(progress.done).arg(progress.total));
    });
    QPushButton* restore = buttons->addButton(tr("As the catalogue has it"), QDialogButtonBox::ResetRole);
    connect(restore, &QPushButton::clicked, this, [this, &of, drain] {
        for (const DrainThreshold& threshold : of.thresholds)
            m_fields.at(drain + "." + std::string(threshold.id))->setValue(threshold.value);
    });
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void ThresholdsDialog::preview()
{
    m_effect->setText(tr("Looking at the calls…"));
    m_job.start(
        [asked = m_queries, thresholds = thresholds()](const StopToken& stop, const ProgressSink& progress) {
            return asked.previewThresholds(thresholds, progress, stop);
        },
        [this](const Result<std::vector<ThresholdEffect>>& effects) {
            if (!effects) {
                if (effects.error().kind != ErrorKind::Cancelled)
                    m_effect->setText(toQt(effects.error().text()));
                return;
            }
            QStringList lines;
            for (const ThresholdEffect& effect : *effects)
                if (effect.isMoved())
                    lines +=
                        tr("%1: %2 → %3, %4 → %5 calls")
                            .arg(drainTitle(effect.drain), format::money(effect.before), format::money(effect.after),
                                 format::count(effect.callsBefore), format::count(effect.callsAfter));
            m_effect->setText(lines.isEmpty() ? tr("Nothing would move.") : lines.join(u'\n'));
            emit previewed();
        });
}

std::map<std::string, double> ThresholdsDialog::thresholds() const
{
    std::map<std::string, double> all = m_known;
    for (const auto& [name, field] : m_fields)
        all[name] = field->value();
    return all;
}

} // namespace plumbline
