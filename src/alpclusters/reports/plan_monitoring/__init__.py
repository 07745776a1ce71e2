"""The monitoring report of a plan, made of one snapshot that nobody can change."""

from alpclusters.reports.plan_monitoring.document import build_monitoring_document
from alpclusters.reports.plan_monitoring.reading import MonitoringSubject, read_monitoring

__all__ = ["MonitoringSubject", "build_monitoring_document", "read_monitoring"]
