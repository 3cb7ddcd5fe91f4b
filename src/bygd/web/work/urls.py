"""Addresses of files and builds of a place."""

from django.urls import path

from bygd.web.work import builds, imports, inputs

urlpatterns = [
    path("import/", inputs.inputs, name="inputs"),
    path("import/take-in", inputs.take_in, name="import-all"),
    path("import/take-out", inputs.take_out, name="input-out"),
    path("import/set-aside.<str:form>", inputs.aside, name="input-aside"),
    path("import/new/<str:kind>", imports.bring, name="import-new"),
    path("import/<int:number>/", imports.step, name="import"),
    path("import/<int:number>/columns", imports.columns, name="import-columns"),
    path("import/<int:number>/reread", imports.reread, name="import-reread"),
    path("import/<int:number>/again", imports.again, name="import-again"),
    path("import/<int:number>/commit", imports.commit, name="import-commit"),
    path("import/<int:number>/leave", imports.leave, name="import-leave"),
    path("import/<int:number>/put-back", inputs.put_back, name="input-back"),
    path("import/<int:number>/set-aside.<str:form>", imports.aside, name="import-aside"),
    path("builds/", builds.builds, name="builds"),
    path("builds/start", builds.start, name="build-start"),
    path("jobs/<int:number>/progress", builds.progress, name="progress"),
    path("jobs/<int:number>/stop", builds.cancel, name="work-stop"),
]
