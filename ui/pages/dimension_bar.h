// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

#include "model/core/filter.h"

class QHBoxLayout;
class QPushButton;

namespace plumbline {

/// A heading in which the dimension can be clicked: `Token breakdown by feature · model · step · more…`.
class DimensionBar : public QWidget
{
    Q_OBJECT

public:
    explicit DimensionBar(const QString& lead, QWidget* parent = nullptr);

    const DimensionChoice& choice() const { return m_choice; }
    void choose(const DimensionChoice& choice);
    /// Keys of metadata the *more* menu offers.
    void setMetadataKeys(std::vector<std::string> keys) { m_metadataKeys = std::move(keys); }

signals:
    void chosen(const plumbline::DimensionChoice& choice);

private:
    void showChoice();
    void openMore();

    DimensionChoice m_choice;
    std::vector<std::string> m_metadataKeys;
    std::vector<std::pair<Dimension, QPushButton*>> m_buttons;
    QPushButton* m_more;
};

} // namespace plumbline
