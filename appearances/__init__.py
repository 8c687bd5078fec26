"""Agency principals appearing in court (行政机关负责人出庭应诉), rules 二(二)."""
