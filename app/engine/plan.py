"""The library's picture of one process or sub-process, filled by `assembly`."""

from typing import Any

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec

from app.engine.elements import Root


class Plan(BpmnProcessSpec):
    """A process spec without the library's own start and end tasks.

    Names of BPMN elements are XML names, so `#` keeps our own tasks apart from them.
    """

    def __init__(self, name: str, root: type[Root] = Root) -> None:
        super().__init__(name=name)
        self.task_specs.clear()
        self.start = root(self, "#start")
        #: In the plan of a multi-instance activity: what is done for each item.
        self.item: Any = None
