// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QUndoStack>

#include <filesystem>
#include <optional>

#include "model/core/price_overrides.h"
#include "model/core/stop_token.h"
#include "model/queries/queries.h"

namespace plumbline {

/// The user's overrides and discounts while they are edited: changed, applied and undone step by step. It outlives the
/// dialogs that show it.
class PriceDraft : public QObject
{
    Q_OBJECT

public:
    explicit PriceDraft(QObject* parent = nullptr);
    ~PriceDraft() override;

    /// What is applied today. An untouched draft follows it, and each of another workspace.
    void follow(const Queries& queries, const PriceOverrides& applied);
    /// While something is applied nothing can be changed.
    void setApplying(bool isApplying);

    const PriceOverrides& overrides() const { return m_draft; }
    /// Valid once there is something to follow.
    const Queries& queries() const { return *m_queries; }
    bool isChanged() const { return m_draft != m_applied; }
    /// Nor can anything be changed before it is known what there is.
    bool isApplying() const { return m_isApplying || !m_queries; }
    bool canUndo() const { return m_steps.canUndo() && !isApplying(); }
    int stepCount() const { return m_steps.index(); }

    /// One step of the draft, which undo takes back.
    void change(const QString& what, PriceOverrides overrides);
    /// Adds the prices of a list.
    void take(const PriceOverrides& list);
    /// Applies the draft; as it stands, today's book is taken.
    void apply();
    void undo();

signals:
    /// The draft, what is applied, or whether it can be changed.
    void changed();
    /// A step was made or undone.
    void stepped();
    void applyRequested(const plumbline::PriceOverrides& overrides);
    void listRequested(const std::filesystem::path& file, plumbline::PriceList list);
    /// Of what the window does to the workspace, for those who show it.
    void workBegan(const QString& what);
    void workProgressed(const plumbline::Progress& progress);
    void workEnded(const QString& outcome);
    void cancelRequested();

private:
    std::optional<Queries> m_queries;
    PriceOverrides m_applied;
    PriceOverrides m_draft;
    bool m_isApplying = false;
    QUndoStack m_steps;
};

} // namespace plumbline
