// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/owner_editor.h"

#include <QLabel>
#include <QTableWidget>
#include <QVBoxLayout>

#include "model/core/time.h"
#include "model/items/format.h"
#include "ui/widgets/card.h"
#include "ui/widgets/edit_table.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

enum OwnerColumn
{
    OwnerFeature,
    OwnerName,
};

enum TargetColumn
{
    TargetUnit,
    TargetFeature,
    TargetFrom,
    TargetMost,
};

} // namespace

OwnerEditor::OwnerEditor(const SpendPlan& plan, std::int32_t month, QStringList features, QWidget* parent)
    : QWidget(parent), m_features(std::move(features))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(
        quietLabel(tr("Who answers for what a feature costs: a person or a team, named in reports."), this));
    m_owners = editableTable(tr("Owners"), {{tr("Feature"), 280}, {tr("Owner")}}, this);
    layout->addWidget(m_owners, 1);
    layout->addLayout(
        editButtons(*m_owners, tr("Add an owner"), tr("Remove the owner"), OwnerName, [this] { addOwner({}); }));
    layout->addWidget(quietLabel(tr("What a unit of work should cost at most, in US dollars."), this));
    m_targets = editableTable(
        tr("Targets"), {{tr("Of a"), 150}, {tr("Feature (of calls only)")}, {tr("From"), 100}, {tr("US dollars"), 120}},
        this);
    layout->addWidget(m_targets, 1);
    layout->addLayout(editButtons(*m_targets, tr("Add a target"), tr("Remove the target"), TargetMost,
                                  [this, month] { addTarget({.from = month}); }));
    for (const FeatureOwner& owner : plan.owners)
        addOwner(owner);
    for (const UnitCostTarget& target : plan.targets)
        addTarget(target);
}

void OwnerEditor::addFeature(QTableWidget& table, int row, int column, const std::string& chosen, const QString& none)
{
    QList<std::pair<QString, QString>> choices{{QString(), none}};
    for (const QString& feature : m_features)
        choices += {feature, feature};
    addChoice(table, row, column, choices, toQt(chosen), tr("Feature"));
}

void OwnerEditor::addOwner(const FeatureOwner& owner)
{
    const int row = m_owners->rowCount();
    m_owners->insertRow(row);
    addFeature(*m_owners, row, OwnerFeature, owner.feature, tr("which feature?"));
    setCell(*m_owners, row, OwnerName, toQt(owner.owner));
}

void OwnerEditor::addTarget(const UnitCostTarget& target)
{
    const int row = m_targets->rowCount();
    m_targets->insertRow(row);
    addChoice(
        *m_targets, row, TargetUnit,
        {{u"call"_s, tr("Call")}, {u"trace"_s, tr("Trace")}, {u"session"_s, tr("Session")}, {u"user"_s, tr("User")}},
        toQt(idOf(target.unit)), tr("What the target is of"));
    addFeature(*m_targets, row, TargetFeature, target.feature, tr("all features"));
    setCell(*m_targets, row, TargetFrom,
            target.from == 0 ? QString() : toQt(ReportingCalendar::monthText(target.from)));
    setCell(*m_targets, row, TargetMost, target.most > Money() ? toQt(decimalText(target.most)) : QString());
}

std::vector<FeatureOwner> OwnerEditor::owners() const
{
    std::vector<FeatureOwner> owners;
    for (int row = 0; row < m_owners->rowCount(); ++row)
        owners.push_back({.feature = fromQt(choiceOf(*m_owners, row, OwnerFeature)),
                          .owner = fromQt(cellText(*m_owners, row, OwnerName))});
    return owners;
}

Result<std::vector<UnitCostTarget>> OwnerEditor::targets() const
{
    std::vector<UnitCostTarget> targets;
    for (int row = 0; row < m_targets->rowCount(); ++row) {
        UnitCostTarget target{.unit = TRY(workUnitFromId(fromQt(choiceOf(*m_targets, row, TargetUnit)))),
                              .feature = fromQt(choiceOf(*m_targets, row, TargetFeature))};
        if (const QString from = cellText(*m_targets, row, TargetFrom); !from.isEmpty()) // else always
            target.from = TRY(ReportingCalendar::parseMonth(fromQt(from)));
        QString most = cellText(*m_targets, row, TargetMost);
        most.remove(u',').remove(u'$');
        target.most = TRY(moneyFromDecimal(fromQt(most)));
        targets.push_back(std::move(target));
    }
    return targets;
}

void OwnerEditor::commit()
{
    commitEditor(*m_owners);
    commitEditor(*m_targets);
}

} // namespace plumbline
