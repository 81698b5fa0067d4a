// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/items/scope.h"
#include "model/queries/queries.h"
#include "ui/widgets/card.h"

class QComboBox;
class QLabel;
class QLineEdit;

namespace plumbline {

class FlameView;

/// The flame graph with what it is asked by: dollars or tokens, a search, and where one is zoomed to.
class FlameCard : public Card
{
    Q_OBJECT

public:
    explicit FlameCard(QWidget* parent = nullptr);

    /// What it shows of these data: the calls of the scope, beside those it is compared with.
    static Result<FlameNode> answer(const Queries& queries, const Scope& scope, const StopToken& stop);
    /// `against`: what it is compared with; empty where with nothing.
    void show(FlameNode root, const QString& against);
    FlameView& view() { return *m_view; }
    void beginSearch();

private:
    FlameView* m_view;
    QComboBox* m_measure;
    QLineEdit* m_search;
    QLabel* m_found;
    QLabel* m_path;
};

} // namespace plumbline
