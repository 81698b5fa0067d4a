// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "model/items/fact_table.h"
#include "model/queries/workspace_answers.h"

namespace plumbline {

/// A rule in the order it is tried, with how many calls it decides; unknown for rules not applied yet.
struct RuleLine
{
    int number = 0;
    FeatureRule rule = {};
    std::optional<std::int64_t> calls = {};
};

/// Feature rules as they stand in the editor. Rows can be dragged to another place.
class RulesTable : public RowTable<RuleLine>
{
    Q_OBJECT

public:
    explicit RulesTable(QObject* parent = nullptr);

    /// `applied` knows how many calls each rule decides today.
    void show(const FeatureRules& rules, const RulesAnswer& applied);

    Qt::ItemFlags flags(const QModelIndex& index) const override;
    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    QStringList mimeTypes() const override;
    QMimeData* mimeData(const QModelIndexList& indexes) const override;
    bool dropMimeData(const QMimeData* mime, Qt::DropAction action, int row, int column,
                      const QModelIndex& parent) override;

signals:
    /// The user dragged rule `from` before rule `to`.
    void moveRequested(int from, int to);
};

/// How rules that are not applied yet would move calls between features.
class RulesPreviewTable : public RowTable<RulesPreview::Row>
{
    Q_OBJECT

public:
    explicit RulesPreviewTable(QObject* parent = nullptr);

    void show(const RulesPreview& preview);
};

} // namespace plumbline
