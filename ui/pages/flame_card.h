// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/card.h"

class QComboBox;
class QLabel;
class QLineEdit;

namespace plumbline {

class FlameView;
struct FlameNode;

/// The flame graph with what it is asked by: dollars or tokens, a search, and where one is zoomed to.
class FlameCard : public Card
{
    Q_OBJECT

public:
    explicit FlameCard(QWidget* parent = nullptr);

    void show(FlameNode root);
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
