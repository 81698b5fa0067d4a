// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/value_picker.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

#include "model/items/format.h"
#include "model/items/scope.h"
#include "model/queries/queries.h"
#include "ui/theme/fonts.h"

namespace plumbline {

using namespace Qt::StringLiterals;

ValuePicker::ValuePicker(QWidget* parent)
    : QFrame(parent, Qt::Popup)
    , m_title(new QLabel(this))
    , m_search(new QLineEdit(this))
    , m_values(new QListWidget(this))
    , m_excludes(new QCheckBox(tr("Exclude these instead"), this))
    , m_apply(new QPushButton(tr("Apply"), this))
{
    setFrameShape(QFrame::StyledPanel);
    setFixedSize(300, 360);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    m_title->setFont(fonts::heading());
    m_search->setPlaceholderText(tr("Search values…"));
    m_search->setAccessibleName(tr("Search values"));
    m_search->setClearButtonEnabled(true);
    m_values->setAccessibleName(tr("Values"));
    m_values->setUniformItemSizes(true);
    m_apply->setProperty("primary", true);
    m_apply->setAutoDefault(false);
    layout->addWidget(m_title);
    layout->addWidget(m_search);
    layout->addWidget(m_values, 1);
    layout->addWidget(m_excludes);
    layout->addWidget(m_apply);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        for (int row = 0; row < m_values->count(); ++row)
            m_values->item(row)->setHidden(!m_values->item(row)->text().contains(text, Qt::CaseInsensitive));
    });
    // Return takes the only value left, as people type and confirm.
    connect(m_search, &QLineEdit::returnPressed, this, [this] {
        QList<QListWidgetItem*> left;
        bool isAnyTicked = false;
        for (int row = 0; row < m_values->count(); ++row) {
            QListWidgetItem* item = m_values->item(row);
            isAnyTicked |= item->checkState() == Qt::Checked;
            if (!item->isHidden())
                left += item;
        }
        if (!isAnyTicked && !left.isEmpty())
            left.first()->setCheckState(Qt::Checked);
        apply();
    });
    connect(m_values, &QListWidget::itemActivated, this, [](QListWidgetItem* item) {
        item->setCheckState(item->checkState() == Qt::Checked ? Qt::Unchecked : Qt::Checked);
    });
    connect(m_apply, &QPushButton::clicked, this, &ValuePicker::apply);
}

void ValuePicker::setForComparing()
{
    m_isForComparing = true;
    m_excludes->hide();
    m_apply->setText(tr("Compare"));
}

void ValuePicker::open(const Queries& queries, const Condition& condition, const QPoint& position)
{
    m_condition = condition;
    const QString title = dimensionTitle(condition.of);
    m_title->setText(m_isForComparing ? tr("Compare with %1").arg(title.toLower()) : title);
    setAccessibleName(m_isForComparing ? m_title->text() : tr("Filter by %1").arg(title));
    m_excludes->setChecked(condition.isExcluded);
    m_search->clear();
    fill(condition.values);
    move(position);
    show();
    m_search->setFocus();
    constexpr std::size_t most = 2000;
    m_job.start([queries, of = condition.of](const StopToken& stop) { return queries.values(of, most, stop); },
                [this](Result<std::vector<std::string>> values) {
                    if (values)
                        fill(*values);
                    else if (values.error().kind != ErrorKind::Cancelled)
                        m_title->setText(toQt(values.error().text()));
                });
}

void ValuePicker::fill(const std::vector<std::string>& values)
{
    m_values->clear();
    const auto add = [&](const std::string& value) {
        auto* item = new QListWidgetItem(toQt(value), m_values);
        item->setSizeHint({0, 26});
        const bool isTicked =
            std::find(m_condition.values.begin(), m_condition.values.end(), value) != m_condition.values.end();
        item->setCheckState(isTicked ? Qt::Checked : Qt::Unchecked);
    };
    // What is ticked stands first, also where the list of values is cut before it.
    for (const std::string& value : m_condition.values)
        add(value);
    for (const std::string& value : values)
        if (std::find(m_condition.values.begin(), m_condition.values.end(), value) == m_condition.values.end())
            add(value);
}

void ValuePicker::apply()
{
    Condition condition{.of = m_condition.of, .isExcluded = m_excludes->isChecked()};
    for (int row = 0; row < m_values->count(); ++row)
        if (m_values->item(row)->checkState() == Qt::Checked)
            condition.values.push_back(fromQt(m_values->item(row)->text()));
    hide();
    emit chosen(condition);
}

} // namespace plumbline
